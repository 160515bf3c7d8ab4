-- Opens a run over a scope whose lock the caller holds: abandons a run that died there and, if asked, goes on from
-- the last unfinished run of the same mode, unless it failed and nothing of it could be used, or a run before found
-- nothing after its cursor.
-- In:  room, flow, scope, trigger, mode, node text; resume boolean; cursor text (where to begin if nothing is resumed);
--      now timestamptz (null: the clock)
-- Out: one row: id, begun_at, cursor, resumes (null unless resumed)
-- Later than all that runs of this scope have written, also if the clock was set back.
with clock as (
  select greatest(coalesce(:?now::timestamptz, now()),
    max(greatest(r.heartbeat_at, r.finished_at)) + interval '1 microsecond') as now
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope
),
-- Whoever ran it lost the lock, so it is dead.
abandoned as (
  update ops.runs r
  set status = 'abandoned', finished_at = greatest(clock.now, r.heartbeat_at),
      error = 'The process that ran it ended without a word; the next run goes on from its cursor.'
  from clock
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.status = 'running'
  returning r.id
),
latest as (
  select r.id, r.begun_at, r.status, r.cursor, r.seen
  from ops.runs r
  where r.room = :?room and r.flow = :?flow and r.scope = :?scope and r.mode = :?mode
  order by r.id desc
  limit 1
),
-- The requests are the truth: pages are committed side by side, so the cursor is the last one below which none is missing.
resumed as (
  select l.id, l.begun_at, coalesce(page.last_key, l.cursor) as cursor
  from latest l
  left join lateral (
    select q.last_key
    from (
      select sequence, last_key, row_number() over (order by sequence) as rank
      from ops.requests
      where run_id = l.id
    ) q
    where q.sequence = q.rank and q.last_key is not null
    order by q.sequence desc
    limit 1
  ) page on true
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
)
insert into ops.runs (room, flow, scope, trigger, mode, node, resumes, begun_at, started_at, heartbeat_at, cursor)
select
  :?room, :?flow, :?scope, :?trigger, :?mode, :?node, resumed.id,
  least(coalesce(resumed.begun_at, clock.now), clock.now), clock.now, clock.now,
  coalesce(resumed.cursor, :?cursor)
from clock
cross join (select count(*) from abandoned) first_of_all
left join resumed on true
returning id, begun_at, cursor, resumes
