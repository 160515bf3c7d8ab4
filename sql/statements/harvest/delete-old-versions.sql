-- Forgets the states of datasets that ended longer ago than they are to be kept, and of each source the oldest beyond its quota.
-- In:  keep bigint (milliseconds; null: forever); quota bigint (states that are kept of a source; null: all)
-- Out: one row: versions
with beyond as (
  -- Of each source the newest state that is one too many.
  select s.id as source_id, newest.valid_to, newest.id
  from harvest.sources s
  cross join lateral (
    select v.valid_to, v.id
    from harvest.versions v
    where v.source_id = s.id and :?quota::bigint is not null
    order by v.valid_to desc, v.id desc
    offset :?quota::bigint
    limit 1
  ) newest
),
old as (
  select v.id from harvest.versions v where v.valid_to < now() - :?keep::bigint * interval '1 millisecond'
  union all
  select v.id
  from beyond b
  join harvest.versions v on v.source_id = b.source_id and (v.valid_to, v.id) <= (b.valid_to, b.id)
),
deleted as (
  delete from harvest.versions v using (select distinct old.id from old) gone where v.id = gone.id returning 1
)
select count(*) as versions from deleted
