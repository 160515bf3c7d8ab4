-- Lists what was applied of the schema, as Flyway has noted it; what was applied anew, as it is now.
-- In:  nothing
-- Out: a row per step: script, checksum (null if it failed), is_jit_on (in every row: this role still has to have the JIT compiler switched off)
select distinct on (script)
  script,
  case when success then checksum end as checksum,
  exists (
    select from pg_settings
    where name = 'jit' and setting = 'on' and source not in ('client', 'database user')
  ) as is_jit_on
from public.flyway_schema_history
order by script, installed_rank desc
