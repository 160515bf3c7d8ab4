-- Counts what the catalogue holds.
-- In:  nothing
-- Out: one row: datasets, retired, domains (with a dataset that is not retired), hosts, agencies, countries
select
  count(*) filter (where retired_at is null) as datasets,
  count(*) filter (where retired_at is not null) as retired,
  count(distinct domain) filter (where retired_at is null) as domains,
  (select count(*) from catalog.socrata_hosts) as hosts,
  (select count(*) from catalog.socrata_agencies) as agencies,
  (select count(distinct country) from catalog.socrata_domains) as countries
from catalog.socrata_datasets
