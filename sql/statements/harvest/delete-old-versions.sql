-- Forgets the states of datasets of the next sources that ended longer ago than they are to be kept; what lies in a partition that will
-- go whole waits for that.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with border as materialized (
  select ops.old_border('harvest.versions', now() - :?keep::bigint * interval '1 millisecond') as at
),
next as materialized (
  select s.id
  from harvest.sources s
  where s.id > :?after::bigint and :?keep::bigint is not null
  order by s.id
  limit 100
),
old as materialized (
  select next.id as source_id, v.dataset_id, v.valid_to
  from next
  -- Of each by its index: of the partitions, those that end before the border are looked at alone.
  cross join lateral (
    select v.dataset_id, v.valid_to
    from harvest.versions v
    where v.source_id = next.id and v.valid_to < (select b.at from border b)
    order by v.valid_to
    limit :?most::integer
  ) v
  order by next.id
  limit :?most::integer
),
gone as (
  delete from harvest.versions v
  using old o
  where (v.source_id, v.dataset_id, v.valid_to) = (o.source_id, o.dataset_id, o.valid_to) and v.valid_to < (select b.at from border b)
  returning 1
)
-- A batch that was filled may have left some of its last source, which comes again.
select
  (select count(*) from gone) as removed,
  case when (select count(*) from old) < :?most::integer then max(next.id) else (select max(o.source_id) - 1 from old o) end as after
from next
