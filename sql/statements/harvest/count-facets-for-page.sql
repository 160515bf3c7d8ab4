-- Counts what the best hits of a search have in common, to narrow it.
-- In:  words text (null: all); country text; format text; publisher text; license text; kind text; source text;
--      since timestamptz (null each: any)
-- Out: one row per facet and value, at most eight values of each, the most frequent first: facet (country, kind, source,
--      format, license), value, datasets (of the 300 best hits)
with found as materialized (
  select d.id, coalesce(d.extras ->> 'country', o.country) as country, o.kind, o.name as source, d.license
  from harvest.search(
    :?words, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz, 300, 0) f
  join harvest.datasets d on d.id = f.dataset_id
  join harvest.sources o on o.id = d.source_id
),
facet as (
  select 'country' as facet, f.country as value, f.id from found f
  union all
  select 'kind', f.kind, f.id from found f
  union all
  select 'source', f.source, f.id from found f
  union all
  select 'license', f.license, f.id from found f
  union all
  select distinct 'format', i.format, f.id from found f join harvest.distributions i on i.dataset_id = f.id
),
counted as (
  select
    f.facet, f.value, count(*) as datasets,
    row_number() over (partition by f.facet order by count(*) desc, f.value) as place
  from facet f
  where f.value is not null and f.value <> ''
  group by f.facet, f.value
)
select c.facet, c.value, c.datasets
from counted c
where c.place <= 8
order by c.facet, c.place
