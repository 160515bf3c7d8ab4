-- Says that the workers of this process are alive.
-- In:  node text
-- Out: one row per job: id
update names.jobs
set heartbeat_at = clock_timestamp()
where status = 'running' and locked_by like replace(:?node, '_', '\_') || '/%'
returning id
