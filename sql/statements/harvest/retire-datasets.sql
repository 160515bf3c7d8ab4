-- Retires datasets that complete walks did not see, and that their source, asked for them, says are gone.
-- In:  run bigint; source bigint; keys jsonb [text]; reason text; now timestamptz (null: the clock)
-- Out: one row: retired; none if the run is not running any more: then nothing is written
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
retired as materialized (
  select harvest.retire_datasets(run.id, :?source::bigint, array(select jsonb_array_elements_text(:?keys::jsonb)), :?reason, run.now)
    as datasets
  from run
)
select retired.datasets as retired
from run, retired, ops.count_run(run.id, jsonb_build_object('retired', retired.datasets), run.now)
