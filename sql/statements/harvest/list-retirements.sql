-- Lists retirements that were held back because too much would have gone, the latest first, with samples of what that is.
-- In:  source text (null: any); is_open boolean (null: both); after text (page_key of the row before the first; null: the
--      first); most bigint (null: all)
-- Out: one row per retirement: retirement, source, run, candidates (how many would go), held (of so many), reason, held_back_at,
--      samples (JSON: [{key, title}], the first ten), decision, decided_at, decided_run, page_key
select
  r.id as retirement, o.name as source, r.run_id as run, cardinality(r.keys) as candidates, r.held, r.reason, r.held_back_at,
  coalesce((
    select jsonb_agg(jsonb_build_object('key', k.key, 'title', d.title) order by k.place)
    from unnest(r.keys[1:10]) with ordinality as k (key, place)
    left join harvest.datasets d on d.source_id = r.source_id and d.key = k.key), '[]') as samples,
  r.decision, r.decided_at, r.decided_run_id as decided_run, jsonb_build_array(r.id) as page_key
from harvest.retirements r
join harvest.sources o on o.id = r.source_id
where (:?source::text is null or o.name = :?source)
  and (:?is_open::boolean is null or (r.decision is null) = :?is_open::boolean)
  and (:?after::text is null or r.id < (:?after::jsonb ->> 0)::bigint)
order by r.id desc
limit :?most::bigint
