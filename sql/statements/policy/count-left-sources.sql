-- Counts the pages that are due and that a watch left: its process died while it checked them or before it did, or handed them over.
-- In:  nothing
-- Out: one row: due; 0 while anybody watches, for who does checks them
with latest as (
  select r.status, r.finished_at, exists (select from ops.handovers h where h.run_id = r.id) as is_handed_over
  from ops.runs r
  where r.room = 'policy' and r.flow = 'watch' and r.trigger <> 'cli'
  order by r.id desc
  limit 1
)
select count(*) as due
from policy.sources s
where s.is_active and s.next_check_at <= clock_timestamp()
  and not exists (
    select from ops.runs r
    where r.room = 'policy' and r.flow = 'watch' and r.status = 'running' and ops.is_alive(r.claimed_by))
  and (
    s.claimed_by is not null and not ops.is_alive(s.claimed_by)
    or s.claimed_by is null and exists (
      select from latest l where (l.status = 'abandoned' or l.is_handed_over) and s.next_check_at <= l.finished_at))
