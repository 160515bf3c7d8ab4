-- Lists what the pages measure, for the page that Prometheus reads.
-- In:  nothing
-- Out: one row per series: metric, outcome (state), value
select 'catchment.policy.sources' as metric, h.state as outcome, count(*)::double precision as value
from policy.source_health h
group by h.state
