-- Removes the next changes that are older than they are to be kept and lie in no partition that will go whole, once all have them.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with next as materialized (
  select c.source_id, c.id, c.number
  from harvest.changes c
  where c.number > :?after::bigint and c.changed_at < now() - :?keep::bigint * interval '1 millisecond'
    and c.number <= (select harvest.received_changes())
    and c.tableoid = any (array(select p.part from ops.partitions_of('harvest.changes') p where p.lower is null))
  order by c.number
  limit :?most::integer
),
gone as (
  delete from harvest.changes c using next n where (c.source_id, c.id) = (n.source_id, n.id) returning 1
)
select (select count(*) from gone) as removed, max(next.number) as after from next
