-- Lists the plans that are kept, of sources and of regions of the catalogue, the latest first, or finds one.
-- In:  plan uuid (null: all); source text (null: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per plan: plan, hash, source, run, created_at, is_complete (its walk was: it can be applied), applied_run (null if it was
--      not applied), page_key
with kept as (
  select
    p.id as plan, p.hash, o.name as source, p.run_id as run, p.created_at, p.walk is not null as is_complete,
    p.applied_run_id as applied_run
  from harvest.plans p
  join harvest.sources o on o.id = p.source_id
  union all
  select p.id, p.hash, 'socrata-' || p.region, p.run_id, p.created_at, p.is_complete, p.applied_run_id
  from catalog.plans p
)
select
  k.plan, k.hash, k.source, k.run, k.created_at, k.is_complete, k.applied_run,
  jsonb_build_array(k.created_at, k.plan) as page_key
from kept k
where (:?plan::uuid is null or k.plan = :?plan::uuid)
  and (:?source::text is null or k.source = :?source)
  and (:?after::text is null or (k.created_at, k.plan) < ((:?after::jsonb ->> 0)::timestamptz, (:?after::jsonb ->> 1)::uuid))
order by k.created_at desc, k.plan desc
limit :?most::bigint
