-- Lists the tables for which no partition was made ahead.
-- In:  nothing
-- Out: one row per table: name, since
select t.scope as name, t.since
from ops.troubles(now(), interval '0') t
where t.flow = 'cleanup'
order by t.scope
