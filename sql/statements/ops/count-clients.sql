-- Counts the clients of the server that are no processes of Catchment, such as psql or a backup.
-- In:  nothing
-- Out: one row: clients
select count(*) as clients
from pg_stat_activity
where backend_type in ('client backend', 'walsender')
  and pid <> pg_backend_pid()
  and application_name <> 'catchment'
