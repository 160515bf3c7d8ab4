-- Forgets the states of datasets that ended longer ago than they are to be kept, of the next ones by their number; what lies in a
-- partition that will go whole waits for that.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with next as (
  select v.source_id, v.dataset_id, v.id, v.valid_to
  from harvest.versions v
  where v.id > :?after::bigint and :?keep::bigint is not null
    and v.tableoid = any (array(
      select p.part from ops.partitions_of('harvest.versions') p
      where p.lower is null or p.upper::timestamptz <= now() - :?keep::bigint * interval '1 millisecond'))
  order by v.id
  limit :?most::integer
),
gone as (
  delete from harvest.versions v
  using next
  where (v.source_id, v.dataset_id, v.valid_to) = (next.source_id, next.dataset_id, next.valid_to)
    and next.valid_to < now() - :?keep::bigint * interval '1 millisecond'
  returning 1
)
select (select count(*) from gone) as removed, max(next.id) as after from next
