-- Counts what the database holds of all sources.
-- In:  nothing
-- Out: one row: datasets (not retired), publishers, distributions, retired
select
  count(*) filter (where d.retired_at is null) as datasets,
  count(distinct d.publisher) filter (where d.retired_at is null) as publishers,
  (select count(*) from harvest.distributions) as distributions,
  count(*) filter (where d.retired_at is not null) as retired
from harvest.datasets d
