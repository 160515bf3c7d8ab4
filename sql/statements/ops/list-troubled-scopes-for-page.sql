-- Lists what was run in the last 30 days and whose last run did not succeed.
-- In:  nothing
-- Out: one row per room, flow and scope, the latest first: room, flow, scope, run, status (failed, abandoned, partial), since,
--      reason
select
  w.room, w.flow, w.scope, w.id as run, w.status, w.finished_at as since, ops.without_secrets(coalesce(w.error, w.note)) as reason
from ops.runs w
where w.status in ('failed', 'abandoned', 'partial') and w.finished_at >= now() - interval '30 days'
  and not exists (
    select from ops.runs l where l.room = w.room and l.flow = w.flow and l.scope = w.scope and l.id > w.id)
order by w.id desc
limit 50
