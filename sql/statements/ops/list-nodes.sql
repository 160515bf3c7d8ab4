-- Lists the processes that are at work: nodes, and commands that have a worker.
-- In:  nothing
-- Out: one row per process, those that live longest first: node (host:pid), id (host:pid/start), kind (service or command), state
--      (working, draining, cut off: it reaches no source, or lost: no heartbeat within its lease), rooms (a JSON list; empty: all; null of a command), version,
--      step (the last one of the schema that its program knows), newest (the last one that was applied), started_at,
--      heartbeat_at, draining_since, drained_at (since when it holds nothing any more), reason (why it drains)
with commands as (
  select substring(w.id from '^(.*)-') as id, min(w.started_at) as started_at, max(w.heartbeat_at) as heartbeat_at,
    bool_or(ops.is_alive(w.id)) as is_alive
  from ops.workers w
  group by 1
)
select
  n.name as node, n.id, 'service' as kind,
  case
    when n.heartbeat_at + n.lease < clock_timestamp() then 'lost'
    when n.draining_since is not null then 'draining'
    when n.cut_off_since is not null then 'cut off'
    else 'working'
  end as state,
  to_jsonb(n.rooms)::text as rooms, n.version, n.step,
  (select max(h.version::integer) from public.flyway_schema_history h where h.success and h.version ~ '^[0-9]+$') as newest,
  n.started_at, n.heartbeat_at, n.draining_since, n.drained_at, n.reason
from ops.nodes n
union all
select
  split_part(c.id, '/', 1), c.id, 'command', case when c.is_alive then 'working' else 'lost' end, null, null, null, null,
  c.started_at, c.heartbeat_at, null, null, null
from commands c
where not exists (select from ops.nodes n where n.id = c.id)
order by started_at, id
