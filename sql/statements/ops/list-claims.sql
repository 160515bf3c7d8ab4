-- Lists the runs and the messages that workers hold.
-- In:  nothing
-- Out: one row per claim: id (of the process: host:pid/start), what (runs or messages), name
select substring(r.claimed_by from '^(.*)-') as id, 'runs' as what, r.room || '/' || r.flow || '/' || r.scope as name
from ops.runs r
where r.status = 'running'
union all
select substring(m.claimed_by from '^(.*)-'), 'messages', m.message_id
from ops.messages m
where m.status = 'sending'
order by 1, 2, 3
