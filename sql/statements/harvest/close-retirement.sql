-- Closes the retirement of a source that was held back: confirmed, what has not been seen since is retired; dismissed, nothing
-- is, and it has to be missed as often again.
-- In:  run bigint; source bigint; is_confirmed boolean; now timestamptz (null: the clock)
-- Out: one row: retirement, retired, kept (seen since, or dismissed); none if nothing was held back, or the run is not
--      running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
decided as (
  update harvest.retirements r
  set decision = case when :?is_confirmed::boolean then 'confirmed' else 'dismissed' end, decided_at = run.now,
      decided_run_id = run.id
  from run
  where r.source_id = :?source::bigint and r.decision is null
  returning r.id, r.keys, r.run_id, r.reason
),
-- The run that held it back goes on from where others began.
first as (
  select min(c.id) as id from decided, ops.chain_of(decided.run_id) c
),
gone as materialized (
  select coalesce(array_agg(r.key), '{}') as keys
  from decided
  cross join first
  join harvest.records r on r.source_id = :?source::bigint and r.key = any (decided.keys)
  left join harvest.sightings s on s.source_id = r.source_id and s.key = r.key
  where s.run_id is null or s.run_id < first.id
),
spared as (
  update harvest.records r
  set missed = 0
  from gone
  where r.source_id = :?source::bigint and r.key = any (gone.keys) and not :?is_confirmed::boolean
),
retired as materialized (
  select harvest.retire_datasets(
    run.id, :?source::bigint, case when :?is_confirmed::boolean then gone.keys else '{}' end,
    'gone from its source, as a person confirmed', run.now) as datasets
  from run, gone
),
counted as (
  select ops.count_run(run.id, jsonb_build_object('retired', retired.datasets), run.now) from run, retired
)
select decided.id as retirement, retired.datasets as retired, cardinality(decided.keys) - retired.datasets as kept
from decided, retired, counted
