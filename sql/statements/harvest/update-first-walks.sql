-- Draws in the first walks that wait: the next ones begin a minute apart, however far all of them are spread.
-- In:  now timestamptz (null: the clock)
-- Out: one row per source that is due earlier: name, due_at
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
waiting as (
  select s.id, clock.now + (row_number() over (order by s.due_at, s.id) - 1) * interval '1 minute' as due_at
  from harvest.sources s, clock
  where s.is_active and s.health = 'never' and s.claimed_by is null and s.due_at > clock.now
  order by s.due_at, s.id
  limit 60
)
update harvest.sources s
set due_at = w.due_at
from waiting w
where s.id = w.id and s.due_at > w.due_at
returning s.name, s.due_at
