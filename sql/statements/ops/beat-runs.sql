-- Says that the runs of this process are alive, also while they wait for a server.
-- In:  node text; now timestamptz (null: the clock)
-- Out: one row per run: id
update ops.runs
set heartbeat_at = greatest(heartbeat_at, coalesce(:?now::timestamptz, now()))
where node = :?node and status = 'running'
returning id
