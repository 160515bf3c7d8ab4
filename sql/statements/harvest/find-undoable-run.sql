-- Finds the source of a run that is over and may be undone.
-- In:  run bigint
-- Out: one row: source_id, name, kind; none if it is no run of a source, or still running
select s.id as source_id, s.name, s.kind
from ops.runs r
join harvest.sources s on s.name = r.scope and s.removed_at is null
where r.id = :?run::bigint and r.room = 'harvest' and r.flow = 'walk' and r.status <> 'running'
