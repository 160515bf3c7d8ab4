-- Restores an earlier release: its figures count again, those that replaced them do not.
-- In:  dataset text (UUID or the beginning of one)
-- Out: one row: slices, restored, replaced; none if there is no such release, or more than one
select r.slices, r.restored, r.replaced
from names.datasets d
cross join lateral names.restore_dataset(d.id) r
where d.id = (
  select case when count(*) = 1 then min(o.id::text)::uuid end
  from names.datasets o
  where o.id::text like :?dataset || '%'
)
