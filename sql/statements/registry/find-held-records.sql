-- Finds which records of a batch are held already, byte for byte: they need no second look.
-- In:  hashes text: SHA-256 in hex, separated by commas
-- Out: one row per hash that is held: hash (hex), kind source|asset, key
with hash as (
  select distinct decode(text, 'hex') as hash from string_to_table(:?hashes, ',') as text
)
-- Offset 0 keeps it a look into the index per hash: a table that was never analysed looks as if each hash were held by
-- thousands, and the planner would read all of it for every batch instead.
select encode(hash.hash, 'hex') as hash, held.kind, held.key
from hash
cross join lateral (
  select 'asset' as kind, a.asset_key as key from registry.assets a where a.content_hash = hash.hash
  union all
  select 'source', s.source_key from registry.sources s where s.content_hash = hash.hash
  offset 0
) held
