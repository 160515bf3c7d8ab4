-- Finds a change with its diff.
-- In:  change uuid
-- Out: one row: change, source, name, country, visa_type, url, old_version, new_version, detected_at, is_technical, added, removed
--      (lines), diff; none if there is no such one
select
  c.change_id as change, c.source_id as source, c.name, c.country, c.visa_type, c.url, c.old_sequence as old_version,
  c.new_sequence as new_version, c.detected_at, c.is_technical, c.added, c.removed, c.diff
from policy.changes c
where c.change_id = :?change::uuid
