-- Finds a person who wants to log in.
-- In:  name text
-- Out: no row if there is none, or it is disabled; else id, name, role, hashed_password
select u.id, u.username as name, u.role, u.hashed_password
from web.users u
where u.username = :?name and u.is_active
