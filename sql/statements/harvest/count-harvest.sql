-- Counts what the harvest holds.
-- In:  nothing
-- Out: one row: datasets (not retired), sources (that have any), retired, versions (states before the present ones)
select
  count(*) filter (where d.retired_at is null) as datasets,
  count(distinct d.source_id) filter (where d.retired_at is null) as sources,
  count(*) filter (where d.retired_at is not null) as retired,
  (select count(*) from harvest.versions) as versions
from harvest.datasets d
