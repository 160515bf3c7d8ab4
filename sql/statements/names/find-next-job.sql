-- Finds when the next job is due.
-- In:  nothing
-- Out: one row: due_at (null if none waits)
select min(coalesce(j.next_retry_at, j.created_at)) as due_at
from names.jobs j
where j.status = 'queued'
