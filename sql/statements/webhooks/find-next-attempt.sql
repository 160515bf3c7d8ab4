-- Finds when the next delivery is due.
-- In:  nothing
-- Out: one row: due_at (null: none waits)
select min(m.next_attempt_at) as due_at
from ops.messages m
where m.room = 'webhooks' and m.status = 'pending'
