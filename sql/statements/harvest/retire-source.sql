-- Retires some datasets of a source that is to be removed, which no search finds then, and removes it when none is left.
-- In:  run bigint; source bigint; most integer (datasets of one transaction); now timestamptz (null: the clock)
-- Out: one row: retired, is_removed (by another, maybe); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
leaving as materialized (
  select array(
    select d.key
    from harvest.datasets d
    where d.source_id = :?source::bigint and d.retired_at is null
    limit :?most::integer) as keys
),
retired as materialized (
  select harvest.retire_datasets(run.id, :?source::bigint, leaving.keys, 'its source was removed', run.now) as datasets
  from run, leaving
),
forgotten as (
  delete from harvest.search_documents s
  using run, leaving, harvest.datasets d
  where d.source_id = :?source::bigint and d.key = any (leaving.keys) and s.dataset_id = d.id
),
removed as (
  update harvest.sources s
  set removed_at = run.now, is_active = false, claimed_by = null
  from run, retired
  where s.id = :?source::bigint and s.removed_at is null and retired.datasets < :?most::integer
  returning 1
)
select retired.datasets as retired, retired.datasets < :?most::integer as is_removed
from run, retired, ops.count_run(run.id, jsonb_build_object('retired', retired.datasets), run.now)
