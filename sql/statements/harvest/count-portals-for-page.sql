-- Counts sources and their datasets by country, by kind and by health.
-- In:  nothing
-- Out: one row per dimension and value, the largest first: dimension (country, kind, health), value, sources, datasets
with held as (
  select d.source_id, count(*) as datasets from harvest.datasets d where d.retired_at is null group by d.source_id
),
status as (
  select o.country, o.kind, o.health, held.datasets
  from harvest.sources o
  left join held on held.source_id = o.id
  where o.removed_at is null
),
counted as (
  select d.dimension, d.value, count(*) as sources, coalesce(sum(s.datasets), 0)::bigint as datasets
  from status s
  cross join lateral (values ('country', coalesce(s.country, '')), ('kind', s.kind), ('health', s.health)) d (dimension, value)
  group by d.dimension, d.value
)
select c.dimension, c.value, c.sources, c.datasets
from counted c
order by c.dimension, c.datasets desc, c.sources desc, c.value
