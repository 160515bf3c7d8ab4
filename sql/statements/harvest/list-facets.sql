-- Lists how many datasets there are by country, format, publisher, license, kind and source, of the first 20,000 that are asked
-- for: with words some of them, else those that changed last, for to count many more would take seconds.
-- In:  q text (null: all); country, format, publisher, license, kind, source text; since timestamptz (null each: any);
--      top bigint (so many values of each); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per value: facet, value, datasets, is_partial (more were found than are counted), page_key
with first as materialized (
  (select d.id, d.source_id, d.extras ->> 'country' as country, d.publisher, d.license
  from harvest.filter_datasets(
    :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz) d
  where :?q::text is null and d.retired_at is null
  order by d.last_changed_at desc
  limit 20001)
  union all
  select d.id, d.source_id, d.extras ->> 'country', d.publisher, d.license
  from (
    select m.dataset_id
    from harvest.best_datasets(
      :?q, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz, 20001) m
    where :?q::text is not null
  ) m
  join harvest.datasets d on d.id = m.dataset_id
),
found as materialized (
  select f.id, coalesce(f.country, o.country) as country, f.publisher, f.license, o.kind, o.name as source
  from (select * from first limit 20000) f
  join harvest.sources o on o.id = f.source_id
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
  select 'format', d.format, count(*)
  from found f
  cross join lateral (select distinct x.format from harvest.distributions x where x.dataset_id = f.id) d
  group by d.format
),
placed as (
  select c.facet, c.value, c.datasets, row_number() over (partition by c.facet order by c.datasets desc, c.value collate "C") as place
  from counted c
  where c.value is not null
)
select p.facet, p.value, p.datasets, (select count(*) > 20000 from first) as is_partial, jsonb_build_array(p.facet, p.place) as page_key
from placed p
where p.place <= :?top::bigint
  and (:?after::text is null or (p.facet collate "C", p.place) > (:?after::jsonb ->> 0, (:?after::jsonb ->> 1)::bigint))
order by p.facet collate "C", p.place
limit :?most::bigint
