-- Lists what the queue measures, for the page that Prometheus reads.
-- In:  nothing
-- Out: one row per series: metric, outcome (status), value
select 'catchment.names.jobs' as metric, j.status as outcome, count(*)::double precision as value
from names.jobs j
where j.status <> 'completed' and j.cancelled_at is null
group by j.status
