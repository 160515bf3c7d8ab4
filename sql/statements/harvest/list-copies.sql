-- Lists the datasets of other sources that are the same as one, with what says so.
-- In:  dataset uuid; after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per copy and rule: id, source, kind, key, title, publisher, landing_page, is_retired, rule, value, found_at, page_key
with pair as (
  select c.copy_id as id, c.rule, c.value, c.found_at from harvest.copies c where c.dataset_id = :?dataset::uuid
  union all
  select c.dataset_id, c.rule, c.value, c.found_at from harvest.copies c where c.copy_id = :?dataset::uuid
)
select
  d.id, o.name as source, o.kind, d.key, d.title, d.publisher, d.landing_page, d.retired_at is not null as is_retired, p.rule, p.value,
  p.found_at, jsonb_build_array(d.id, p.rule) as page_key
from pair p
join harvest.datasets d using (id)
join harvest.sources o on o.id = d.source_id
where :?after::text is null or (d.id, p.rule collate "C") > ((:?after::jsonb ->> 0)::uuid, :?after::jsonb ->> 1)
order by d.id, p.rule collate "C"
limit :?most::bigint
