-- Finds when the next page is due.
-- In:  nothing
-- Out: one row: due_at (null: no page is watched)
select min(s.next_check_at) as due_at
from policy.sources s
where s.is_active
