-- Counts sources and their datasets by country, by kind and by health.
-- In:  nothing
-- Out: one row per dimension and value, the largest first: dimension (country, kind, health), value, sources, datasets
with status as (
  select s.country, s.kind, s.health, s.datasets from harvest.source_status s
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
