-- Finds the last run of a room.
-- In:  room text
-- Out: one row or none: id, flow, scope, mode, status, is_complete, started_at, finished_at, error
select r.id, r.flow, r.scope, r.mode, r.status, r.is_complete, r.started_at, r.finished_at, r.error
from ops.runs r
where r.room = :?room
order by r.id desc
limit 1
