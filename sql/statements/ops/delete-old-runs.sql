-- Removes the next runs that ended longer ago than runs are to be kept, unless they are needed.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with old as materialized (
  select o.id, not o.is_whole and not o.is_held as is_free
  from ops.old_runs(now() - :?keep::bigint * interval '1 millisecond', :?after::bigint, :?most::integer) o
),
gone as (
  delete from ops.runs r using old where r.id = old.id and old.is_free returning 1
)
select (select count(*) from gone) as removed, max(old.id) as after from old
