-- Keeps for a plan that records are still there, although its walk did not see them: the source was asked.
-- In:  run bigint (its plan is meant); source bigint; keys jsonb [text]
-- Out: one row: spared; none if the run is not running any more: then nothing is written
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
spared as (
  insert into harvest.planned_records (plan_id, key, place, content_hash)
  select p.id, h.key, 0, h.content_hash
  from run
  join harvest.plans p on p.run_id = run.id
  join harvest.records h on h.source_id = :?source::bigint
  where h.key in (select jsonb_array_elements_text(:?keys::jsonb))
  on conflict do nothing
  returning 1
)
select (select count(*) from spared) as spared
from run
