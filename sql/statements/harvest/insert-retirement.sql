-- Holds a retirement back until a person decides; one that was held back before is superseded by it.
-- In:  run bigint; source bigint; keys jsonb [text]; held bigint (datasets that are not retired); reason text
-- Out: one row: retirement; none if the run is not running any more: then nothing is written
with run as (
  select id, heartbeat_at from ops.runs where id = :?run::bigint and status = 'running' for key share
),
superseded as (
  update harvest.retirements r
  set decision = 'superseded', decided_at = greatest(now(), run.heartbeat_at), decided_run_id = run.id
  from run
  where r.source_id = :?source::bigint and r.decision is null
  returning r.id
),
given as (
  -- First the one before: of a source one is open at a time.
  select count(*) as retirements from superseded
)
insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at)
select
  :?source::bigint, run.id, array(select jsonb_array_elements_text(:?keys::jsonb)), :?held::bigint, :?reason,
  greatest(now(), run.heartbeat_at)
from run, given
where given.retirements >= 0
returning id as retirement
