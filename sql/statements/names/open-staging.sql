-- Makes an empty place into which the file of a job is read, and notes the run that reads it.
-- In:  job, dataset text (UUIDs); run bigint
-- Out: one row: is_open
with noted as (
  update names.jobs set run_id = :?run::bigint where id = :?job::uuid
)
select names.open_staging(:?dataset::uuid) is not null as is_open
