-- Describes the server, as this connection sees it.
-- In:  nothing
-- Out: one row: version (such as 18.1), major, jit, max_connections, reserved (connections that only superusers get), connections
--      (in use, by anybody), role, may_create (it may make schemas here), may_create_roles, may_write (into all tables of ours; null:
--      there are none yet), readers (api_readonly: none, not ours or ours), now
select
  current_setting('server_version') as version,
  current_setting('server_version_num')::integer / 10000 as major,
  current_setting('jit') as jit,
  current_setting('max_connections')::integer as max_connections,
  current_setting('superuser_reserved_connections')::integer as reserved,
  (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
  current_user::text as role,
  has_database_privilege(current_database(), 'create') as may_create,
  (select r.rolsuper or r.rolcreaterole from pg_roles r where r.rolname = current_user) as may_create_roles,
  (
    select bool_and(has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'insert'))
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('catalog', 'harvest', 'names', 'ops', 'policy', 'registry', 'web')
  ) as may_write,
  case
    when to_regrole('api_readonly') is null then 'none'
    when pg_has_role(current_user, to_regrole('api_readonly'), 'member') then 'ours'
    else 'not ours'
  end as readers,
  clock_timestamp() as now
