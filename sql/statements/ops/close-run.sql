-- Closes a run and sums it up.
-- In:  run bigint; status text; complete boolean (it saw its whole scope); handed_over boolean (it was stopped because its
--      process ends); error, note text; now timestamptz (null: the clock)
-- Out: one row, the summary: run, room, flow, scope, mode, status, the counts, bytes, seconds, cursor, error, note;
--      as it stands, if another process took the run for dead and closed it before
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
closed as (
  update ops.runs r
  set status = :?status,
      is_complete = :?complete::boolean,
      error = ops.without_secrets(:?error),
      note = ops.without_secrets(:?note),
      heartbeat_at = greatest(clock.now, r.heartbeat_at),
      finished_at = greatest(clock.now, r.heartbeat_at),
      cursor = place.cursor,
      cursor_sequence = place.sequence
  from clock
  cross join ops.cursor_of(:?run::bigint) place
  where r.id = :?run::bigint and r.status = 'running'
  returning r.*
),
handed_over as (
  insert into ops.handovers (run_id)
  select closed.id from closed where :?handed_over::boolean
)
select
  r.id as run, r.room, r.flow, r.scope, r.mode, r.status, r.seen, r.added, r.updated, r.unchanged, r.retired,
  r.restored, r.rejected, r.skipped, r.bytes,
  round(extract(epoch from r.finished_at - r.started_at), 3) as seconds, r.cursor, r.error, r.note
from (
  select * from closed
  union all
  select * from ops.runs where id = :?run::bigint and status <> 'running'
) r
