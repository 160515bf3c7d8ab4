-- Makes what was staged of a file count, ends its job, and counts it in the ledger: all or nothing.
-- In:  job text (UUID); worker text; attempt integer; run, figures, births bigint (what was read); large_from integer (a file
--      of so many figures is built aside); passed, rejected, bytes bigint
-- Out: one row: problem (why the file is refused; then nothing is changed), row_count, births, summed (figures whose name
--      stood twice), added, changed, removed, superseded (a later release holds them); none if the job is another worker's
--      or the run is not running any more: then nothing is changed
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
merged as (
  select m.*
  from run
  cross join lateral names.merge_dataset(
    :?job::uuid, :?worker, :?attempt::integer, run.id, :?figures::bigint, :?births::bigint, :?large_from::integer) m
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', m.row_count + :?rejected::bigint, 'added', m.added, 'updated', m.changed,
    'unchanged', m.row_count - m.added - m.changed - m.superseded, 'retired', m.removed, 'rejected', :?rejected::bigint,
    'skipped', m.superseded + m.summed + :?passed::bigint, 'bytes', :?bytes::bigint))
  from run, merged m
  where m.problem is null
)
select problem, row_count, births, summed, added, changed, removed, superseded
from merged, (select count(*) from counted) all_counted
