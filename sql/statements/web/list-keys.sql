-- Lists the API keys, the newest first.
-- In:  nothing
-- Out: one row per key: id, name, role, state (valid, expired, revoked), created_at, last_used_at, expires_at, revoked_at
select
  k.id, k.name, k.role,
  case
    when k.revoked_at is not null then 'revoked'
    when k.expires_at <= now() then 'expired'
    else 'valid'
  end as state,
  k.created_at, k.last_used_at, k.expires_at, k.revoked_at
from web.api_keys k
order by k.created_at desc, k.id
