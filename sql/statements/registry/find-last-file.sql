-- Finds the index file that was seeded last.
-- In:  nothing
-- Out: one row or none: name, path, sha256, bytes, seeded_at, run_id
select name, path, sha256, bytes, seeded_at, run_id
from registry.files
order by seeded_at desc
limit 1
