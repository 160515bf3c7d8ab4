-- Maps held records anew, without a request: what another mapping reads otherwise becomes a technical version.
-- In:  run bigint; source bigint; after_key text (null: from the first); most integer (so many at once);
--      now timestamptz (null: the clock)
-- Out: one row: mapped, unmappable, last_key (to go on after; null when all are done); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
done as materialized (
  select m.* from run, harvest.remap_datasets(run.id, :?source::bigint, :?after_key, :?most::integer, run.now) m
),
counted as (
  select ops.count_run(run.id, jsonb_build_object('updated', done.mapped), run.now) from run, done
)
select done.mapped, done.unmappable, done.last_key
from done, counted
