-- Finds an API key by its id.
-- In:  id uuid
-- Out: no row if there is none; else id, name, role, key_hash, is_valid (neither revoked nor expired)
select
  k.id, k.name, k.role, k.key_hash, k.revoked_at is null and coalesce(k.expires_at > now(), true) as is_valid
from web.api_keys k
where k.id = :?id::uuid
