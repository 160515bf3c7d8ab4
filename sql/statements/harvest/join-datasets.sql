-- Joins datasets that a complete walk did not see with records that are new in it: they keep their id and get the new key.
-- In:  run bigint; source bigint; rules text (in the form {normal-key,platform-id}: of the kind, in their order);
--      now timestamptz (null: the clock)
-- Out: one row per rule: rule, joined, ambiguous; none if the run is not running any more: then nothing is written
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
)
select j.rule, j.joined, j.ambiguous
from run, harvest.join_datasets(run.id, :?source::bigint, :?rules::text[], run.now) j
