-- Lists assets of a source, by key.
-- In:  source text (id of a source; null: none is asked for); skip integer (so many are passed over)
-- Out: one row per asset, at most 51: asset_key, name, description, url, updated_at, source_key
select a.asset_key, a.name, left(a.description, 200) as description, a.url, a.updated_at, s.source_key
from registry.assets a
join registry.sources s on s.id = a.source_id
where a.source_id = :?source::bigint
order by a.asset_key
limit 51 offset :?skip::integer
