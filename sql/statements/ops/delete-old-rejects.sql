-- Removes the rejects of the next runs that ended longer ago than these are to be kept, unless the run is needed whole.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with old as materialized (
  select o.id, o.is_whole
  from ops.old_runs(now() - :?keep::bigint * interval '1 millisecond', :?after::bigint, 100) o
),
doomed as (
  select q.id
  from old
  join ops.rejects q on q.run_id = old.id
  where not old.is_whole
  limit :?most::integer
),
gone as (
  delete from ops.rejects q using doomed d where q.id = d.id returning 1
),
counted as (
  select count(*) as removed from gone
)
-- A batch that was filled may have left some: these runs come again.
select
  c.removed, case when c.removed < :?most::integer then (select max(old.id) from old) else :?after::bigint end as after
from counted c
