-- Lists how many datasets there are by country, format, publisher, license, kind and source, of those that are asked for.
-- In:  q text (null: all); country, format, publisher, license, kind, source text; since timestamptz (null each: any);
--      top bigint (so many values of each); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per value: facet, value, datasets, page_key
with found as materialized (
  select d.id, coalesce(d.extras ->> 'country', o.country) as country, d.publisher, d.license, o.kind, o.name as source
  from harvest.filter_datasets(
    :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz) d
  join harvest.sources o on o.id = d.source_id
  where :?q::text is null and d.retired_at is null
  union all
  select d.id, coalesce(d.extras ->> 'country', o.country), d.publisher, d.license, o.kind, o.name
  from harvest.match_datasets(
    :?q, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz) m
  join harvest.datasets d on d.id = m.dataset_id
  join harvest.sources o on o.id = d.source_id
  where :?q::text is not null
),
counted as (
  select
    case
      when grouping(f.country) = 0 then 'country' when grouping(f.publisher) = 0 then 'publisher'
      when grouping(f.license) = 0 then 'license' when grouping(f.kind) = 0 then 'kind' else 'source'
    end as facet,
    coalesce(f.country, f.publisher, f.license, f.kind, f.source) as value, count(*) as datasets
  from found f
  group by grouping sets ((f.country), (f.publisher), (f.license), (f.kind), (f.source))
  union all
  select 'format', d.format, count(distinct d.dataset_id)
  from found f join harvest.distributions d on d.dataset_id = f.id
  group by d.format
),
placed as (
  select c.facet, c.value, c.datasets, row_number() over (partition by c.facet order by c.datasets desc, c.value collate "C") as place
  from counted c
  where c.value is not null
)
select p.facet, p.value, p.datasets, jsonb_build_array(p.facet, p.place) as page_key
from placed p
where p.place <= :?top::bigint
  and (:?after::text is null or (p.facet collate "C", p.place) > (:?after::jsonb ->> 0, (:?after::jsonb ->> 1)::bigint))
order by p.facet collate "C", p.place
limit :?most::bigint
