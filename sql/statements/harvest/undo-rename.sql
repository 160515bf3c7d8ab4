-- Undoes a rename: the dataset gets its old key and record back, and the record of the new key waits for a dataset of its own.
-- In:  run bigint; source bigint; rename bigint (harvest.renames.id); now timestamptz (null: the clock)
-- Out: one row: undone (0 if it was undone before, or the old key is another's by now); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
undone as materialized (
  select harvest.undo_renames(run.id, :?source::bigint, array[:?rename::bigint], run.now) as renames from run
)
select undone.renames as undone
from run, undone, ops.count_run(run.id, jsonb_build_object('updated', undone.renames), run.now)
