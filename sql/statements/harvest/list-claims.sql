-- Lists the sources that workers hold.
-- In:  nothing
-- Out: one row per claim: id (of the process: host:pid/start), what (sources), name
select substring(s.claimed_by from '^(.*)-') as id, 'sources' as what, s.name
from harvest.sources s
where s.claimed_by is not null
order by 1, 3
