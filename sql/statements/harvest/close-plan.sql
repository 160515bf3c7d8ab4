-- Closes a plan whose walk was complete: from now on it can be applied.
-- In:  run bigint (its plan is meant); walk jsonb as harvest/insert-walk takes it
-- Out: one row: plan; none if the run is not running any more
with run as (
  select id, begun_at from ops.runs where id = :?run::bigint and status = 'running' for key share
)
update harvest.plans p
set walk = jsonb_build_object('begun_at', run.begun_at) || :?walk::jsonb
from run
where p.run_id = run.id
returning p.id as plan
