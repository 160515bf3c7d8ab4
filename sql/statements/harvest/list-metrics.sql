-- Lists what the sources measure, for the page that Prometheus reads.
-- In:  nothing
-- Out: one row per series: metric, outcome (health; null for a metric without), value
select 'catchment.harvest.sources' as metric, s.health as outcome, count(*)::double precision as value
from harvest.sources s
where s.is_active and s.removed_at is null
group by s.health
union all
select 'catchment.harvest.due', null, count(*)
from harvest.sources s
where s.is_active and s.due_at <= now() and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
