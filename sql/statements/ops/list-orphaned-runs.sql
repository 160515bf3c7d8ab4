-- Lists the scopes of a flow whose last whole run another process left: it was handed over, or its worker is not alive any more.
-- In:  room, flow text
-- Out: one row per scope: scope, node (who left it), status
with latest as (
  select distinct on (r.scope) r.id, r.scope, r.node, r.status, r.claimed_by, r.trigger
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.mode = 'full'
  order by r.scope, r.id desc
)
select l.scope, l.node, l.status
from latest l
where l.trigger <> 'cli' -- who asked for it there asks again if it is wanted
  and (l.status = 'stopped' and exists (select from ops.handovers h where h.run_id = l.id)
    or l.status = 'abandoned'
    or l.status = 'running' and not ops.is_alive(l.claimed_by))
order by l.scope
