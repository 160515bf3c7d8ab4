-- Finds which records of a batch are held already, byte for byte: they need no second look.
-- In:  hashes text: SHA-256 in hex, separated by commas
-- Out: one row per hash that is held: hash (hex), kind source|asset, key
with hash as (
  select distinct decode(text, 'hex') as hash from string_to_table(:?hashes, ',') as text
)
select encode(a.content_hash, 'hex') as hash, 'asset' as kind, a.asset_key as key
from hash join registry.assets a on a.content_hash = hash.hash
union all
select encode(s.content_hash, 'hex'), 'source', s.source_key
from hash join registry.sources s on s.content_hash = hash.hash
