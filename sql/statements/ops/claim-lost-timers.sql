-- Claims the times of timers that nodes died with, or left when they were told to end; not one that six nodes left so, nor one whose work
-- only another version knows.
-- In:  node text (host:pid); process text (the id of the node); rooms jsonb (an array; empty: all); works jsonb (an array: the endpoints
--      of the routes that it has)
-- Out: one row per time: name, fired_for, process, work (the endpoint of the route that does it), was (who left it: host:pid)
with lost as (
  select t.name, t.node
  from ops.timers t
  where t.claimed_by is not null
    and t.takeovers < 5
    and t.work in (select jsonb_array_elements_text(:?works::jsonb))
    and not exists (
      select from ops.nodes n
      where n.id = t.claimed_by and n.heartbeat_at + n.lease > clock_timestamp() and n.drained_at is null)
    and (:?rooms::jsonb = '[]' or split_part(t.name, '/', 1) in (select 'ops' union all select jsonb_array_elements_text(:?rooms::jsonb)))
  for update skip locked
)
update ops.timers t
set node = :?node, claimed_by = :?process, takeovers = t.takeovers + 1
from lost
where t.name = lost.name
returning t.name, t.fired_for, :?process as process, t.work, lost.node as was
