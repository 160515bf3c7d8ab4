-- Finds what is held under the keys of a batch: what a dry run needs to tell new from changed.
-- In:  records bytea: JSON in UTF-8 [{kind source|asset, key, source_key, is_implied, name, description, url,
--      updated_at, raw_from, raw_length, …}]; raws bytea: the records themselves, each from its raw_from (counted from 1)
-- Out: one row: added, updated, unchanged, rejected (assets whose source is not held and cannot be made from its key; a
--      source that comes later in the file is not known to a dry run)
with record as (
  select
    kind, key, source_key, is_implied, name, description, url, updated_at,
    convert_from(substring(:?raws::bytea from raw_from for raw_length), 'UTF8')::jsonb as raw
  from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    kind text, key text, source_key text, is_implied boolean, name text, description text, url text,
    updated_at timestamptz, raw_from integer, raw_length integer)
),
compared as (
  select
    coalesce(a.id, s.id) is not null as is_held,
    case record.kind
      when 'asset' then (home.source_key, a.name, a.description, a.url, a.updated_at, a.raw)
        is distinct from (record.source_key, record.name, record.description, record.url,
          greatest(a.updated_at, record.updated_at), record.raw)
      else (s.name, s.url, s.raw) is distinct from (record.name, record.url, record.raw)
    end as is_changed,
    record.is_implied or record.kind = 'source'
      or exists (select from registry.sources o where o.provider = 'socrata' and o.source_key = record.source_key)
      or exists (select from record o where o.kind = 'source' and o.key = record.source_key) as has_source
  from record
  left join registry.assets a on record.kind = 'asset' and a.asset_key = record.key
  left join registry.sources home on home.id = a.source_id
  left join registry.sources s on record.kind = 'source' and s.provider = 'socrata' and s.source_key = record.key
)
select
  count(*) filter (where has_source and not is_held) as added,
  count(*) filter (where has_source and is_held and is_changed) as updated,
  count(*) filter (where has_source and is_held and not is_changed) as unchanged,
  count(*) filter (where not has_source) as rejected
from compared
