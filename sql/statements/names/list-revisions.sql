-- Lists what a release changed, year by year.
-- In:  dataset text (UUID or the beginning of one)
-- Out: one row per year and gender: year, gender, figures, births, added, changed, removed, replaces (the release before),
--      is_living
select
  l.year, l.gender, l.row_count as figures, l.births, l.added, l.changed, l.removed, l.replaces, l.is_living
from names.slices l
where l.dataset_id::text like :?dataset || '%'
order by l.year, l.gender
