-- Removes a source from the list; what was harvested of it stays, with its history.
-- In:  source text (its name); now timestamptz (null: the clock)
-- Out: one row: source_id, name, is_walked (just now: then it is not removed); none if there is no source of that name
with held as (
  select s.id, s.name, s.claimed_by is not null and ops.is_alive(s.claimed_by) as is_walked
  from harvest.sources s
  where s.name = :?source and s.removed_at is null
  for update
),
removed as (
  update harvest.sources s
  set removed_at = coalesce(:?now::timestamptz, now()), is_active = false, claimed_by = null
  from held
  where s.id = held.id and not held.is_walked
)
select id as source_id, name, is_walked from held
