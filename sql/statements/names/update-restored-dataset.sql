-- Restores an earlier release: its figures count again, those that replaced them do not.
-- In:  dataset text (UUID)
-- Out: one row: slices, restored, replaced
select slices, restored, replaced from names.restore_dataset(:?dataset::uuid)
