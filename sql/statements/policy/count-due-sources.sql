-- Counts the pages that are due and not being checked, but those whose server wants to be let alone for a while.
-- In:  nothing
-- Out: one row: due; next_check_at of the next one that will be
select
  count(*) filter (
    where s.next_check_at <= clock_timestamp() and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
      and h.next_request_at <= clock_timestamp() + interval '1 minute') as due,
  min(s.next_check_at) filter (where s.next_check_at > clock_timestamp()) as next_check_at
from policy.sources s
join policy.hosts h on h.host = s.host
where s.is_active
