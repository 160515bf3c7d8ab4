-- Retires datasets that a complete crawl did not see and that the API, asked for them by id, did not return.
-- In:  run bigint; scope text (the region); ids jsonb [text]; now timestamptz (null: the clock)
-- Out: one row: retired; none if the run is not running any more: then nothing is written
-- The clock of a run never runs backwards.
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
retired as (
  update catalog.socrata_datasets d
  set retired_at = greatest(run.now, d.last_changed_at, d.changed_at + interval '1 microsecond'), retired_run_id = run.id,
      retired_reason = 'absent from a complete crawl and from a look-up by id',
      changed_at = greatest(run.now, d.last_changed_at, d.changed_at + interval '1 microsecond')
  from run
  where d.region = :?scope and d.retired_at is null
    and d.id in (select jsonb_array_elements_text(:?ids::jsonb))
  returning d.id, d.changed_at
),
version as (
  insert into catalog.versions (
    region, dataset_id, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash, state)
  select
    d.region, d.id, d.changed_at, retired.changed_at, run.id, 'retired', '{}', false, false, d.content_hash, catalog.state_of(d)
  from run, retired join catalog.socrata_datasets d on d.region = :?scope and d.id = retired.id
),
gone as (
  select count(*) as datasets from retired
)
select gone.datasets as retired
from run, gone, ops.count_run(run.id, jsonb_build_object('retired', gone.datasets), run.now)
