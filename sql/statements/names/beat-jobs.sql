-- Says that the workers of this process are alive, but for those whose file is just being made to count: their job is locked,
-- so that nobody takes it away, and the others do not wait for it.
-- In:  node text
-- Out: one row per job: id
with alive as (
  select id from names.jobs
  where status = 'running' and locked_by like replace(:?node, '_', '\_') || '/%'
  for update skip locked
)
update names.jobs j
set heartbeat_at = clock_timestamp()
from alive
where j.id = alive.id
returning j.id
