-- Lists the assets of the registry.
-- In:  source bigint (null: any); provider text; asset_key text; q text (in the name; null each: any); since timestamptz (updated then or
--      later; null: any); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per asset: asset, asset_key, source, provider, source_key, name, description, url, updated_at, page_key
select
  a.id as asset, a.asset_key, a.source_id as source, s.provider, s.source_key, a.name, a.description, a.url, a.updated_at,
  jsonb_build_array(a.id) as page_key
from registry.assets a
join registry.sources s on s.id = a.source_id
where (:?source::bigint is null or a.source_id = :?source::bigint)
  and (:?provider::text is null or s.provider = :?provider)
  and (:?asset_key::text is null or a.asset_key = :?asset_key)
  and (:?q::text is null or strpos(lower(a.name), lower(:?q)) > 0)
  and (:?since::timestamptz is null or a.updated_at >= :?since::timestamptz)
  and (:?after::text is null or a.id > (:?after::jsonb ->> 0)::bigint)
order by a.id
limit :?most::bigint
