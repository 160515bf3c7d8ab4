-- Makes an API key.
-- In:  id uuid; key_hash text (bcrypt of its secret); name text; role text; expires_at timestamptz (null: never)
-- Out: one row: id, name, role, expires_at, created_at; none if a key of this name is valid, for that could be meant by it
insert into web.api_keys (id, key_hash, name, role, expires_at)
select :?id::uuid, :?key_hash, :?name, :?role, :?expires_at::timestamptz
where not exists (
  select from web.api_keys k where k.name = :?name and k.revoked_at is null and coalesce(k.expires_at > now(), true))
returning id, name, role, expires_at, created_at
