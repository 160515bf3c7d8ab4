-- Lists the index files that were seeded last, the latest first.
-- In:  nothing
-- Out: one row per file, at most ten: name, bytes, seeded_at, run
select f.name, f.bytes, f.seeded_at, f.run_id as run
from registry.files f
order by f.seeded_at desc
limit 10
