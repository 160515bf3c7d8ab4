-- Lists incidents, the latest first.
-- In:  room text (null: all); is_closed boolean (the closed ones, too); most integer
-- Out: one row per incident: incident, room, flow, scope, cause, since, detail, run, opened_at, told_at, closed_at,
--      recovery_told_at, is_dismissed
select
  i.id as incident, i.room, i.flow, i.scope, i.cause, i.since, i.detail, i.run_id as run, i.opened_at, i.told_at, i.closed_at,
  i.recovery_told_at, i.is_dismissed
from ops.incidents i
where (:?room::text is null or i.room = :?room) and (:?is_closed::boolean or i.closed_at is null)
order by i.closed_at is not null, i.id desc
limit :?most::integer
