-- Lists the sources of the registry, or finds one.
-- In:  source bigint; provider text; q text (in key or name; null each: any); after text (page_key of the row before the first; null: the
--      first); most bigint (null: all)
-- Out: one row per source: source, provider, source_key, name, url, created_at, updated_at, page_key
select
  s.id as source, s.provider, s.source_key, s.name, w.url, s.created_at, s.updated_at, jsonb_build_array(s.id) as page_key
from registry.sources s
join registry.shown_sources w on w.id = s.id
where (:?source::bigint is null or s.id = :?source::bigint)
  and (:?provider::text is null or s.provider = :?provider)
  and (:?q::text is null or strpos(lower(concat_ws(' ', s.source_key, s.name)), lower(:?q)) > 0)
  and (:?after::text is null or s.id > (:?after::jsonb ->> 0)::bigint)
order by s.id
limit :?most::bigint
