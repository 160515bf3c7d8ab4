-- Forgets the states of datasets that ended longer ago than they are to be kept.
-- In:  keep bigint (milliseconds; null: forever)
-- Out: one row: versions
with old as (
  delete from catalog.versions where valid_to < now() - :?keep::bigint * interval '1 millisecond' returning 1
)
select count(*) as versions from old
