-- Closes as abandoned every run whose worker is not alive any more.
-- In:  nothing
-- Out: one row per run: id, room, flow, scope, node
select id, room, flow, scope, node from ops.abandon_lost_runs()
