-- Counts the pages that are due and not being checked.
-- In:  nothing
-- Out: one row: due; next_check_at of the next one that will be
select
  count(*) filter (where next_check_at <= clock_timestamp() and claimed_by is null) as due,
  min(next_check_at) filter (where next_check_at > clock_timestamp()) as next_check_at
from policy.sources
where is_active
