-- Keeps what a walk proved; of a run it is said once.
-- In:  run bigint; source bigint; walk jsonb {begun_at, first_total, last_total, rows, keys, duplicates, conflicts, repeated,
--      shrunk, skipped, ended_by, is_complete, reason}
-- Out: one row: run
with run as (
  select id, begun_at from ops.runs where id = :?run::bigint and status = 'running' for key share
)
insert into harvest.walks (
  run_id, source_id, begun_at, first_total, last_total, rows, keys, duplicates, conflicts, repeated, shrunk, skipped, ended_by,
  is_complete, reason)
select
  run.id, :?source::bigint, coalesce(w.begun_at, run.begun_at), w.first_total, w.last_total, coalesce(w.rows, 0),
  coalesce(w.keys, 0), coalesce(w.duplicates, 0), coalesce(w.conflicts, 0), coalesce(w.repeated, 0), coalesce(w.shrunk, 0),
  coalesce(w.skipped, 0), w.ended_by, w.is_complete, w.reason
from run, jsonb_populate_record(null::harvest.walks, :?walk::jsonb) w
on conflict (run_id) do nothing
returning run_id as run
