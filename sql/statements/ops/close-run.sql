-- Closes a run and sums it up.
-- In:  run bigint; status text; complete boolean (it saw its whole scope); handed_over boolean (it was stopped because its
--      process ends); error, note text; now timestamptz (null: the clock)
-- Out: one row, the summary: run, room, flow, scope, mode, status, the counts, bytes, seconds, cursor, error, note;
--      as it stands, if another process took the run for dead and closed it before
select
  r.id as run, r.room, r.flow, r.scope, r.mode, r.status, r.seen, r.added, r.updated, r.unchanged, r.retired,
  r.restored, r.rejected, r.skipped, r.bytes,
  round(extract(epoch from r.finished_at - r.started_at), 3) as seconds, r.cursor, r.error, r.note
from ops.close_run(
  :?run::bigint, :?status, :?complete::boolean, :?handed_over::boolean, :?error, :?note, coalesce(:?now::timestamptz, now())) r
