-- Counts sources and their datasets by country, by kind and by health.
-- In:  nothing
-- Out: one row per dimension and value, the largest first: dimension (country, kind, health), value, sources, datasets
-- A dataset counts for its own country, whatever that of its source is, from when search knows it.
with held as (
  select d.source_id, d.country, count(*) as datasets from harvest.search_documents d group by d.source_id, d.country
),
status as (
  select o.id, coalesce(held.country, o.country, '') as country, o.kind, o.health, held.datasets
  from harvest.sources o
  left join held on held.source_id = o.id
  where o.removed_at is null
),
counted as (
  select d.dimension, d.value, count(distinct s.id) as sources, coalesce(sum(s.datasets), 0)::bigint as datasets
  from status s
  cross join lateral (values ('country', s.country), ('kind', s.kind), ('health', s.health)) d (dimension, value)
  group by d.dimension, d.value
)
select c.dimension, c.value, c.sources, c.datasets
from counted c
order by c.dimension, c.datasets desc, c.sources desc, c.value
