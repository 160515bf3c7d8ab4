-- Removes the requests of the next runs that ended longer ago than these are to be kept, unless the run is needed whole; what lies in
-- a partition that will go whole waits for that.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with old as materialized (
  select o.id, o.is_whole
  from ops.old_runs(now() - :?keep::bigint * interval '1 millisecond', :?after::bigint, 100) o
),
doomed as (
  select q.run_id, q.sequence
  from old
  join ops.requests q on q.run_id = old.id
  where not old.is_whole
    and q.tableoid = any (array(
      select p.part from ops.partitions_of('ops.requests') p where p.lower is null
      union all
      select p.part from ops.old_request_partitions(now() - :?keep::bigint * interval '1 millisecond') p))
  limit :?most::integer
),
gone as (
  delete from ops.requests q using doomed d where (q.run_id, q.sequence) = (d.run_id, d.sequence) returning 1
),
counted as (
  select count(*) as removed from gone
)
-- A batch that was filled may have left some: these runs come again.
select
  c.removed, case when c.removed < :?most::integer then (select max(old.id) from old) else :?after::bigint end as after
from counted c
