-- Finds the last run of a flow over a scope.
-- In:  room, flow, scope text; mode text (null: any)
-- Out: one row or none: id, mode, status, is_complete, started_at, finished_at, error
select id, mode, status, is_complete, started_at, finished_at, error
from ops.runs
where room = :?room and flow = :?flow and scope = :?scope
  and (:?mode::text is null or mode = :?mode)
order by id desc
limit 1
