-- Finds when the next source is due.
-- In:  nothing
-- Out: one row: sources (active ones), due_at (null if there is none)
select count(*) as sources, min(s.due_at) as due_at
from harvest.sources s
where s.is_active and s.removed_at is null
