-- Closes the retirement of a source that waits for a person and needs none any more: what it holds came back, or was retired since.
-- In:  run bigint; source bigint
-- Out: one row: retirement; none if none was open, or the run is not running any more: then nothing is written
with run as (
  select id, heartbeat_at from ops.runs where id = :?run::bigint and status = 'running' for key share
)
update harvest.retirements r
set decision = 'superseded', decided_at = greatest(now(), run.heartbeat_at), decided_run_id = run.id
from run
where r.source_id = :?source::bigint and r.decision is null
returning r.id as retirement
