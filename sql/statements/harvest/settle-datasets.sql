-- Makes datasets of records that have none; to be called until none is settled any more.
-- In:  run bigint; source bigint; is_complete boolean (of the walk; if not, those wait that may be known ones with another key);
--      most integer (so many at once); now timestamptz (null: the clock)
-- Out: one row: settled, waiting, rejected (their mapping failed); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
made as materialized (
  select s.* from run, harvest.settle_datasets(run.id, :?source::bigint, :?is_complete::boolean, :?most::integer, run.now) s
),
rejected as (
  select r.kept + r.unlisted as records from run, made, ops.keep_rejects(run.id, made.rejects, 'error', run.now) r
)
select made.settled, made.waiting, jsonb_array_length(made.rejects) as rejected
from made, rejected
