-- Forgets the states of datasets that ended longer ago than they are to be kept, of the next ones by their number.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with next as (
  select v.id, v.valid_to
  from harvest.versions v
  where v.id > :?after::bigint and :?keep::bigint is not null
  order by v.id
  limit :?most::integer
),
gone as (
  delete from harvest.versions v
  using next
  where v.id = next.id and next.valid_to < now() - :?keep::bigint * interval '1 millisecond'
  returning 1
)
select (select count(*) from gone) as removed, max(next.id) as after from next
