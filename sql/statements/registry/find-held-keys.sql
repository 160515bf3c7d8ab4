-- Compares the records of a batch with what is held under their keys: what a dry run needs to tell new from changed.
-- In:  records bytea: JSON in UTF-8 [{index, kind source|asset, key, source_key, is_implied, name, description, url,
--      updated_at, raw_from, raw_length, …}]; raws bytea: the records themselves, each from its raw_from (counted from 1)
-- Out: one row per record: outcome added|updated|unchanged|rejected (an asset whose source is not held and cannot be made
--      from its key; one that comes later in the file is not known to a dry run)|skipped (a later one of the batch takes
--      its place); held (a number of the row that its key is held in, null if none); is_newer (than what is held)
with record as (
  select
    index, kind, key, source_key, is_implied, name, description, url, updated_at,
    convert_from(substring(:?raws::bytea from raw_from for raw_length), 'UTF8')::jsonb as raw
  from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    index bigint, kind text, key text, source_key text, is_implied boolean, name text, description text, url text,
    updated_at timestamptz, raw_from integer, raw_length integer)
),
judged as (
  select
    record.*,
    is_implied or kind = 'source'
      or exists (select from registry.sources o where o.provider = 'socrata' and o.source_key = record.source_key)
      or exists (select from record o where o.kind = 'source' and o.key = record.source_key) as has_source
  from record
),
ranked as (
  select
    judged.*,
    max(index) filter (where has_source) over same_key as last_usable,
    max(updated_at) filter (where has_source) over same_key as latest
  from judged
  window same_key as (partition by kind, key)
),
compared as (
  select
    ranked.*,
    2 * a.id as asset, 2 * s.id + 1 as source,
    case ranked.kind
      when 'asset' then (home.source_key, a.name, a.description, a.url, a.raw)
        is distinct from (ranked.source_key, ranked.name, ranked.description, ranked.url, ranked.raw)
      else (s.name, s.url, s.raw) is distinct from (ranked.name, ranked.url, ranked.raw)
    end as is_changed,
    a.updated_at is distinct from greatest(a.updated_at, ranked.latest) as is_newer
  from ranked
  left join registry.assets a on ranked.kind = 'asset' and a.asset_key = ranked.key
  left join registry.sources home on home.id = a.source_id
  left join registry.sources s on ranked.kind = 'source' and s.provider = 'socrata' and s.source_key = ranked.key
)
select
  case
    when index < last_usable then 'skipped'
    when not has_source then 'rejected'
    when coalesce(asset, source) is null then 'added'
    when is_changed or (is_newer and asset is not null) then 'updated'
    else 'unchanged'
  end as outcome,
  coalesce(asset, source) as held,
  is_newer and asset is not null as is_newer
from compared
order by index
