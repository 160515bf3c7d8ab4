-- Finds when the next source is due.
-- In:  nothing
-- Out: one row: due_at (null: there is no active source)
select min(s.due_at) as due_at
from harvest.sources s
where s.is_active and s.removed_at is null
