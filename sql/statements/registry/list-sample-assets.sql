-- Picks assets at random, to be looked at with one's own eyes.
-- In:  most integer
-- Out: one row per asset: asset_key, source_key, name, description, url, updated_at
select a.asset_key, s.source_key, a.name, a.description, a.url, a.updated_at
from registry.assets a
join registry.sources s on s.id = a.source_id
order by random()
limit :?most::integer
