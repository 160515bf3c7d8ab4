-- Removes the next jobs that ended longer ago than they are to be kept.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with gone as (
  delete from names.jobs j
  where j.id in (
    select o.id from names.jobs o
    where :?after::bigint is not null and o.status in ('completed', 'failed')
      and o.completed_at < now() - :?keep::bigint * interval '1 millisecond'
    limit :?most::integer)
  returning 1
)
select count(*) as removed, case when count(*) = :?most::integer then :?after::bigint end as after from gone
