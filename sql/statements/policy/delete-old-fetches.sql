-- Removes the next checks that are older than they are to be kept, but those that a version came of, the last good one of each page,
-- and the failures since a page was last read; what lies in a partition that will go whole waits for that.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with border as materialized (
  select ops.old_border('policy.fetches', now() - :?keep::bigint * interval '1 millisecond') as at
),
next as materialized (
  select f.id, f.source_id, f.fetched_at, f.outcome
  from policy.fetches f
  where f.id > :?after::bigint and f.fetched_at < (select b.at from border b)
  order by f.id
  limit :?most::integer
),
gone as (
  delete from policy.fetches f
  using next n
  where f.source_id = n.source_id and f.fetched_at = n.fetched_at and f.id = n.id
    and n.outcome not in ('baseline', 'changed')
    and exists (
      select from policy.fetches l
      where l.source_id = n.source_id and l.fetched_at > n.fetched_at and l.outcome <> 'failed')
  returning 1
)
select (select count(*) from gone) as removed, max(next.id) as after from next
