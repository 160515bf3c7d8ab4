-- Makes an API key.
-- In:  id uuid; key_hash text (bcrypt of its secret); name text; role text; expires_at timestamptz (null: never)
-- Out: one row: id, name, role, expires_at, created_at
insert into web.api_keys (id, key_hash, name, role, expires_at)
values (:?id::uuid, :?key_hash, :?name, :?role, :?expires_at::timestamptz)
returning id, name, role, expires_at, created_at
