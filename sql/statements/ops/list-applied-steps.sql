-- Lists what was applied of the schema, as Flyway has noted it; what was applied anew, as it is now.
-- In:  nothing
-- Out: a row per step: script, checksum (null if it failed), is_role_unset (in every row: this role lacks one of the
--      settings that sql/schema/session/up gives it, or api_readonly may not read)
select distinct on (script)
  script,
  case when success then checksum end as checksum,
  exists (
    select
    from (values ('jit', 'off'), ('default_toast_compression', 'lz4')) as suits (name, value)
    join pg_settings s using (name)
    where s.setting <> suits.value and s.source not in ('client', 'database user')
      and (s.enumvals is null or suits.value = any (s.enumvals))
  ) or exists (
    select from pg_roles r where r.rolname = 'api_readonly' and not has_table_privilege(r.oid, to_regclass('ops.runs'), 'select')
  ) as is_role_unset
from public.flyway_schema_history
order by script, installed_rank desc
