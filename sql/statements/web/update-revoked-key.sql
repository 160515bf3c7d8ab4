-- Revokes an API key: it is refused from now on.
-- In:  key text (its id, the beginning of it from eight characters on, or its name)
-- Out: one row per key that this means: id, name, is_revoked_now; more than one: none was revoked. Keys that were revoked
--      before are meant only if no other is, and of them the last.
with named as (
  select k.id, k.name, k.revoked_at, rank() over (order by k.revoked_at desc nulls first) as place
  from web.api_keys k
  where k.name = :?key or length(:?key) >= 8 and starts_with(k.id::text, lower(:?key))
),
meant as (
  select d.id, d.name, d.revoked_at, count(*) over () as n from named d where d.place = 1
),
revoked as (
  update web.api_keys k
  set revoked_at = now()
  from meant m
  where k.id = m.id and m.n = 1 and k.revoked_at is null
  returning k.id
)
select m.id, m.name, r.id is not null as is_revoked_now
from meant m
left join revoked r on r.id = m.id
order by m.name, m.id
