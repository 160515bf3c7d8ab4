-- Lists what was run in the last 30 days and whose last run did not succeed.
-- In:  nothing
-- Out: one row per room, flow and scope, the latest first: room, flow, scope, run, status (failed, abandoned, partial), since,
--      reason
with latest as (
  select distinct on (r.room, r.flow, r.scope) r.*
  from ops.runs r
  where r.started_at >= now() - interval '30 days'
  order by r.room, r.flow, r.scope, r.id desc
)
select l.room, l.flow, l.scope, l.id as run, l.status, coalesce(l.finished_at, l.started_at) as since, ops.without_secrets(coalesce(l.error, l.note)) as reason
from latest l
where l.status in ('failed', 'abandoned', 'partial')
order by l.id desc
limit 50
