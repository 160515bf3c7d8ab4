-- Says of a batch what is held under its keys: what a dry run needs to tell new from changed.
-- In:  records bytea: JSON in UTF-8 [{kind, key, …}]
-- Out: one row: added, updated
with record as (
  select distinct kind, key from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (kind text, key text)
),
held as (
  select
    record.key,
    case record.kind
      when 'asset' then exists (select from registry.assets a where a.asset_key = record.key)
      else exists (select from registry.sources s where s.provider = 'socrata' and s.source_key = record.key)
    end as is_held
  from record
)
select count(*) filter (where not is_held) as added, count(*) filter (where is_held) as updated
from held
