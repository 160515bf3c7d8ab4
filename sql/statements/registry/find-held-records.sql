-- Finds which records of a batch are held already, byte for byte: they need no second look.
-- In:  hashes text: SHA-256 in hex, separated by commas
-- Out: one row per hash that is held: hash (hex)
with hash as (
  select distinct decode(text, 'hex') as hash from string_to_table(:?hashes, ',') as text
)
select encode(hash, 'hex') as hash
from hash
where exists (select from registry.assets a where a.content_hash = hash.hash)
   or exists (select from registry.sources s where s.content_hash = hash.hash)
