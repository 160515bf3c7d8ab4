-- Lists the sources that a person has to look at: a retirement waits for a decision, or walks fail, or one is long overdue.
-- In:  nothing
-- Out: one row per source and need: source, need (held, overdue, dead, failing), datasets (held back), since, reason
select s.name as source, 'held' as need, cardinality(r.keys) as datasets, r.held_back_at as since, r.reason
from harvest.retirements r
join harvest.sources s on s.id = r.source_id and s.removed_at is null
where r.decision is null
union all
select s.name, case when s.health in ('dead', 'failing') then s.health else 'overdue' end, null,
  case when s.health not in ('dead', 'failing') then s.due_at end, w.health_reason
from harvest.sources s
join harvest.shown_sources w on w.id = s.id
where s.removed_at is null and s.is_active
  and (s.health in ('dead', 'failing')
    or s.due_at < now() - interval '6 hours' and not (s.claimed_by is not null and ops.is_alive(s.claimed_by)))
order by since desc nulls last
limit 50
