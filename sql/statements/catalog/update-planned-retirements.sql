-- Adds to a plan what it would retire: what its crawl did not see and the API, asked for it by id, did not return.
-- In:  run bigint (its plan is meant); scope text (the region); ids jsonb [text]; now timestamptz (null: the clock)
-- Out: one row: retired (how many would be); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
kept as (
  update catalog.plans p
  set retired = p.retired || array(select jsonb_array_elements_text(:?ids::jsonb))
  from run
  where p.run_id = run.id and p.region = :?scope
  returning 1
),
gone as (
  select jsonb_array_length(:?ids::jsonb) as datasets from kept
)
select gone.datasets as retired
from run, gone, ops.count_run(run.id, jsonb_build_object('retired', gone.datasets), run.now)
