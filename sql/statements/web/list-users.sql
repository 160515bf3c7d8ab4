-- Lists the people who may log in.
-- In:  nothing
-- Out: one row per person: id, name, role, is_active, created_at, last_login_at
select u.id, u.username as name, u.role, u.is_active, u.created_at, u.last_login_at
from web.users u
order by u.username
