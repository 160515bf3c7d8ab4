-- Lists the plans that are kept, the latest first, or finds one.
-- In:  plan uuid (null: all); source text (null: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per plan: plan, hash, source, run, created_at, is_complete (its walk was: it can be applied), applied_run (null if it was
--      not applied), page_key
select
  p.id as plan, p.hash, o.name as source, p.run_id as run, p.created_at, p.walk is not null as is_complete,
  p.applied_run_id as applied_run, jsonb_build_array(p.created_at, p.id) as page_key
from harvest.plans p
join harvest.sources o on o.id = p.source_id
where (:?plan::uuid is null or p.id = :?plan::uuid)
  and (:?source::text is null or o.name = :?source)
  and (:?after::text is null or (p.created_at, p.id) < ((:?after::jsonb ->> 0)::timestamptz, (:?after::jsonb ->> 1)::uuid))
order by p.created_at desc, p.id desc
limit :?most::bigint
