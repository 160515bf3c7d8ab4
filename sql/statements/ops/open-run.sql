-- Opens a run over a scope that nobody who is alive runs: abandons the run of a worker that died there and, if asked, goes on
-- from the last unfinished run of the same mode, unless it failed and nothing of it could be used, or a run before found
-- nothing after its cursor.
-- In:  room, flow, scope, trigger, mode, node text; worker text (who runs it, and is alive); resume boolean; cursor text (where
--      to begin if nothing is resumed); waiting_since timestamptz (null: not yet); now timestamptz (null: the clock)
-- Out: one row: id, begun_at, cursor, resumes (null unless resumed); if another run has the scope id is null, worker is who
--      runs it, is_silent whether that is another process and has sent no heartbeat since the wait began: it may have died;
--      waiting_since
with holder as (
  select r.id, r.claimed_by, ops.is_alive(r.claimed_by) as is_alive
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.status = 'running'
),
-- Whoever writes for it is waited for, and finds afterwards that it does not run any more.
lost as (
  select r.id
  from ops.runs r
  join holder on holder.id = r.id and not holder.is_alive
  where r.status = 'running'
  for update of r
),
-- Later than all that runs of this scope have written, also if the clock was set back.
clock as (
  select greatest(coalesce(:?now::timestamptz, now()),
    max(greatest(r.heartbeat_at, r.finished_at)) + interval '1 microsecond') as now
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope
),
abandoned as (
  select ops.abandon_run(lost.id, clock.now) as id from clock cross join lost
),
latest as (
  select r.id, r.begun_at, r.status, r.cursor, r.seen
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.mode = :?mode
  order by r.id desc
  limit 1
),
resumed as (
  select l.id, l.begun_at, place.cursor
  from latest l
  cross join ops.cursor_of(l.id) place
  where :?resume::boolean and l.status <> 'succeeded'
    -- A partial run whose end was looked at again in vain lacks something before its cursor.
    and (l.status <> 'partial' or l.seen > 0 and not exists (
      select from ops.runs r
      where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.mode = :?mode
        and r.status = 'partial' and r.seen = 0 and r.cursor = l.cursor))
    -- What was refused then may be of use now.
    and (l.status <> 'failed' or not exists (
      select from ops.runs r
      where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.begun_at = l.begun_at
      having sum(r.rejected) > 0 and sum(r.added + r.updated + r.unchanged + r.restored) = 0))
),
opened as (
  insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, resumes, begun_at, started_at, heartbeat_at, cursor)
  select
    :?room, :?flow, :?scope, :?trigger, :?mode, :?node, :?worker, resumed.id,
    least(coalesce(resumed.begun_at, clock.now), clock.now), clock.now, clock.now,
    coalesce(resumed.cursor, :?cursor)
  from clock
  cross join (select count(abandoned.id) from abandoned) first_of_all
  left join resumed on true
  where not exists (select from holder where holder.is_alive) -- or asking in vain would use up a number
  on conflict (room, flow, scope) where status = 'running' do nothing
  returning id, begun_at, cursor, resumes
),
-- A time of a timer that was claimed for this is answered: from here on it is the run that others take over.
answered as (
  update ops.timers t
  set claimed_by = null, work = null
  from opened
  where :?mode = 'full' and t.name = :?room || '/' || :?flow || '/' || :?scope
)
select
  opened.id, opened.begun_at, opened.cursor, opened.resumes, holder.claimed_by as worker,
  opened.id is null and coalesce(
    w.heartbeat_at <= coalesce(:?waiting_since::timestamptz, clock_timestamp())
      and substring(w.id from '^(.*)-') <> substring(:?worker from '^(.*)-'), true) as is_silent,
  coalesce(:?waiting_since::timestamptz, clock_timestamp()) as waiting_since
from (select) one
left join opened on true
left join holder on true
left join ops.workers w on w.id = holder.claimed_by
