-- Makes an API key, and revokes one of its name that has expired, so that a name means one key.
-- In:  id uuid; key_hash text (bcrypt of its secret); name text; role text; expires_at timestamptz (null: never)
-- Out: one row: id, name, role, expires_at, created_at; none if a key of this name is valid, for that could be meant by it
with ended as (
  update web.api_keys k
  set revoked_at = now()
  where k.name = :?name and k.revoked_at is null and k.expires_at <= now()
  returning 1
)
insert into web.api_keys (id, key_hash, name, role, expires_at)
select :?id::uuid, :?key_hash, :?name, :?role, :?expires_at::timestamptz
from (select count(*) from ended) as once
on conflict (name) where revoked_at is null do nothing
returning id, name, role, expires_at, created_at
