-- Lists the jobs that workers hold.
-- In:  nothing
-- Out: one row per claim: id (of the process: host:pid/start), what (jobs), name
select substring(j.claimed_by from '^(.*)-') as id, 'jobs' as what, j.type || ' ' || j.id as name
from names.jobs j
where j.status = 'running'
order by 1, 3
