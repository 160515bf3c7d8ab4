-- Counts what the names room holds.
-- In:  nothing
-- Out: one row: countries, sources, datasets, figures, births, first_year, last_year
select
  count(distinct s.country_id) as countries, count(distinct l.source_id) as sources, count(distinct l.dataset_id) as datasets,
  coalesce(sum(l.row_count), 0) as figures, coalesce(sum(l.births), 0)::bigint as births, min(l.year) as first_year, max(l.year) as last_year
from names.slices l
join names.sources s on s.id = l.source_id
where l.is_living
