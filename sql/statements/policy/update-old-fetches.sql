-- Forgets what came in fetches of long ago, unless a version was made of it or may be yet; the fetches themselves stay.
-- In:  keep bigint (milliseconds)
-- Out: one row: fetches
with old as (
  update policy.fetches f
  set snapshot = null
  where f.snapshot is not null
    and f.fetched_at < now() - :?keep::bigint * interval '1 millisecond'
    and not exists (select from policy.policy_versions v where v.snapshot = f.snapshot)
    and not exists (select from policy.candidates d where d.snapshot = f.snapshot)
  returning f.id
)
select count(*) as fetches from old
