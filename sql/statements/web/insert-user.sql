-- Lets a person log in.
-- In:  name text; hashed_password text (bcrypt); role text
-- Out: one row: id, name, role; none if there is a person of this name
insert into web.users (username, hashed_password, role)
values (:?name, :?hashed_password, :?role)
on conflict (username) do nothing
returning id, username as name, role
