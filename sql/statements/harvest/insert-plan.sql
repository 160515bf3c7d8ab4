-- Inserts a plan: what a walk sees is staged for it and not written.
-- In:  run bigint; source bigint; now timestamptz (null: the clock)
-- Out: one row: plan (its id), base (a hash of what the source holds now); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
moved as (
  -- What was planned on another base is of no use any more.
  delete from harvest.plans p
  using run
  where p.source_id = :?source::bigint and p.base <> harvest.base_of(p.source_id)
)
insert into harvest.plans (source_id, run_id, hash, base, created_at)
select :?source::bigint, run.id, '', harvest.base_of(:?source::bigint), run.now
from run
returning id as plan, base
