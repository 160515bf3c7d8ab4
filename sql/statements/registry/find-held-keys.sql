-- Finds what is held under the keys of a batch: what a dry run needs to tell new from changed.
-- In:  records bytea: JSON in UTF-8 [{kind source|asset, key, source_key, is_implied, …}]
-- Out: one row: added, updated, rejected (assets whose source is not held and cannot be made from its key; a source
--      that comes later in the file is not known to a dry run)
with record as (
  select kind, key, source_key, is_implied
  from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    kind text, key text, source_key text, is_implied boolean)
),
held as (
  select
    case record.kind
      when 'asset' then exists (select from registry.assets a where a.asset_key = record.key)
      else exists (select from registry.sources s where s.provider = 'socrata' and s.source_key = record.key)
    end as is_held,
    record.is_implied or record.kind = 'source'
      or exists (select from registry.sources s where s.provider = 'socrata' and s.source_key = record.source_key)
      or exists (select from record o where o.kind = 'source' and o.key = record.source_key) as has_source
  from record
)
select
  count(*) filter (where has_source and not is_held) as added,
  count(*) filter (where has_source and is_held) as updated,
  count(*) filter (where not has_source) as rejected
from held
