-- Lists the sources of the registry with how many assets each has, by name.
-- In:  words text (part of a key or name; null: any); skip integer (so many are passed over)
-- Out: one row per source, at most 51: source_id, provider, source_key, name, url, assets, updated_at
with page as (
  select s.id, s.provider, s.source_key, s.name, s.updated_at
  from registry.sources s
  where :?words::text is null or strpos(lower(concat_ws(' ', s.source_key, s.name)), lower(:?words)) > 0
  order by s.provider, s.source_key
  limit 51 offset :?skip::integer
)
select
  p.id as source_id, p.provider, p.source_key, p.name, w.url,
  (select count(*) from registry.assets a where a.source_id = p.id) as assets, p.updated_at
from page p
join registry.shown_sources w on w.id = p.id
order by p.provider, p.source_key
