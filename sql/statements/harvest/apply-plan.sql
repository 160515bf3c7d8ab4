-- Applies the records of a plan, so many after a place; then its walk ends as any other: joined, settled, retired.
-- In:  run bigint; source bigint; plan uuid; after_place bigint (null: from the first); most integer;
--      now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, restored, last_place (to go on after; null when all are done), is_refused (what
--      the source holds moved since it was planned, or it was applied before: nothing is written); none if the run is not running
--      any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
begun as materialized (
  select harvest.begin_plan(run.id, :?plan::uuid, :?source::bigint) as is_refused from run
),
batch as materialized (
  select
    coalesce(jsonb_agg(jsonb_build_object(
      'key', p.key, 'hash', p.content_hash, 'updated_at', p.updated_at, 'place', p.place, 'raw', p.raw)), '[]') as records,
    max(p.place) as last_place
  from (
    select p.* from begun, harvest.planned_records p
    where p.plan_id = :?plan::uuid and p.place > coalesce(:?after_place::bigint, 0) and not begun.is_refused
    order by p.place
    limit :?most::integer
  ) p
),
-- What the walk of the plan rejected was seen all the same.
spared as (
  select array_agg(p.key) as keys
  from begun, harvest.planned_records p
  where p.plan_id = :?plan::uuid and p.place = 0 and :?after_place::bigint is null and not begun.is_refused
),
page as materialized (
  select w.*
  -- Of a plan that is refused the batch is empty.
  from run, batch, spared,
    harvest.write_records(run.id, :?source::bigint, batch.records, null, coalesce(spared.keys, '{}'), run.now) w
),
rejected as (
  select r.unlisted from run, page, ops.keep_rejects(run.id, page.rejects, 'error', run.now) r
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', jsonb_array_length(batch.records), 'added', page.added, 'updated', page.updated, 'unchanged', page.unchanged,
    'restored', page.restored, 'rejected', page.unmappable), run.now)
  from run, batch, page, rejected
)
select
  coalesce(page.added, 0) as added, coalesce(page.updated, 0) as updated, coalesce(page.unchanged, 0) as unchanged,
  coalesce(page.restored, 0) as restored, batch.last_place, begun.is_refused
from begun
cross join batch
left join page on true
left join (select count(*) as runs from counted) counted on true
