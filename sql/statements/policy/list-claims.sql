-- Lists the pages that workers hold, and the hosts whose turn they have.
-- In:  nothing
-- Out: one row per claim: id (of the process: host:pid/start), what (pages or hosts), name
select substring(s.claimed_by from '^(.*)-') as id, 'pages' as what, s.name
from policy.sources s
where s.claimed_by is not null
union all
select substring(h.claimed_by from '^(.*)-'), 'hosts', h.host
from policy.hosts h
where h.claimed_by is not null
order by 1, 2, 3
