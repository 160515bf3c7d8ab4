-- Changes what a person may do, and ends his logins.
-- In:  name text; hashed_password text (bcrypt; null: as it is); is_active boolean (null: as it is)
-- Out: one row: id, name, role, is_active; none if there is no such person
with changed as (
  update web.users u
  set hashed_password = coalesce(:?hashed_password, u.hashed_password), is_active = coalesce(:?is_active::boolean, u.is_active),
      updated_at = now()
  where u.username = :?name
  returning u.id, u.username as name, u.role, u.is_active
),
ended as (
  delete from web.sessions s using changed c where s.user_id = c.id
)
select id, name, role, is_active from changed
