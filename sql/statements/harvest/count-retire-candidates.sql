-- Counts what a complete walk did not see, and marks once a walk that it was missed again.
-- In:  run bigint; source bigint; after integer (so many complete walks in a row)
-- Out: one row: candidates (missed so often), held (datasets that are not retired), flapping (records that this walk saw
--      again after another had missed them); none if the run is not running any more
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
missed as materialized (
  select m.* from run, harvest.count_missed(run.id, :?source::bigint, :?after::integer) m
)
select missed.candidates, missed.held, missed.flapping
from missed
