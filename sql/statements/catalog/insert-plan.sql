-- Inserts a plan: what a crawl sees is staged for it and not written.
-- In:  run bigint; scope text (the region); now timestamptz (null: the clock)
-- Out: one row: plan (its id); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
moved as (
  -- What was planned on another base is of no use any more.
  delete from catalog.plans p
  using run
  where p.region = :?scope and p.base <> catalog.base_of(p.region)
)
insert into catalog.plans (region, run_id, base, created_at)
select :?scope, run.id, catalog.base_of(:?scope), run.now
from run
returning id::text as plan
