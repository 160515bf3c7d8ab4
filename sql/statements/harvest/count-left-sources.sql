-- Counts the sources that are due and whose walk another process left: it died with it, or handed it over.
-- In:  nothing
-- Out: one row: due
select count(*) as due
from harvest.sources s
where s.is_active and s.due_at <= now() and (
  s.claimed_by is not null and not ops.is_alive(s.claimed_by)
  or s.claimed_by is null and s.name in (
    select r.scope
    from ops.handovers h
    join ops.runs r on r.id = h.run_id
    where r.room = 'harvest' and r.flow = 'walk' and not exists (
      select from ops.runs l where l.room = r.room and l.flow = r.flow and l.scope = r.scope and l.id > r.id)))
