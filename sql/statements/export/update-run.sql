-- Updates the counts of the run of an export.
-- In:  run bigint; counts jsonb {seen, skipped, bytes}
-- Out: one row: counted (empty); none if the run is not running any more
select ops.count_run(r.id, :?counts::jsonb)::text as counted
from ops.runs r
where r.id = :?run::bigint and r.status = 'running'
