-- Makes an empty place into which the file of a job is read, and notes the run that reads it.
-- In:  job, dataset text (UUIDs); run bigint
-- Out: one row: is_open; none if the run is not running any more: then nothing is done
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
noted as (
  update names.jobs j set run_id = run.id from run where j.id = :?job::uuid
)
select names.open_staging(:?dataset::uuid) is not null as is_open
from run
