-- Asks a node to drain, which it does at its next heartbeat.
-- In:  node text (host:pid, or host:pid/start where that is not enough); stays boolean (it stays up when it is drained)
-- Out: one row per node of that name that has a heartbeat or a row still: node, name, is_lost, was_draining, is_asked (of these
--      nodes the only one that is alive, and was not draining), lease_ms
with named as (
  select n.id, n.name, n.heartbeat_at + n.lease < clock_timestamp() as is_lost, n.draining_since is not null as was_draining, n.lease
  from ops.nodes n
  where n.id = :?node or n.name = :?node
  for update
),
alive as (
  select min(named.id) as id from named where not named.is_lost having count(*) = 1
),
asked as (
  update ops.nodes n
  set draining_since = clock_timestamp(), stays = :?stays::boolean, reason = 'An operator asked it to drain.'
  from alive
  where n.id = alive.id and n.draining_since is null
  returning n.id
)
select
  named.id as node, named.name, named.is_lost, named.was_draining, asked.id is not null as is_asked,
  (extract(epoch from named.lease) * 1000)::bigint as lease_ms
from named
left join asked on asked.id = named.id
order by named.is_lost, named.id
