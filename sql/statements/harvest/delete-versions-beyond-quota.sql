-- Forgets of each source the oldest states of its datasets beyond its quota, of the next sources by their id.
-- In:  quota bigint (states that are kept of a source; null: all); after bigint; most integer (sources)
-- Out: one row: removed, after (where to go on; null at the end)
with next as (
  select s.id
  from harvest.sources s
  where s.id > :?after::bigint and :?quota::bigint is not null
  order by s.id
  limit :?most::integer
),
beyond as (
  -- Of each source the newest state that is one too many.
  select next.id as source_id, newest.valid_to, newest.id
  from next
  cross join lateral (
    select v.valid_to, v.id
    from harvest.versions v
    where v.source_id = next.id
    order by v.valid_to desc, v.id desc
    offset :?quota::bigint
    limit 1
  ) newest
),
gone as (
  delete from harvest.versions v
  using beyond b
  where v.source_id = b.source_id and (v.valid_to, v.id) <= (b.valid_to, b.id)
  returning 1
)
select (select count(*) from gone) as removed, max(next.id) as after from next
