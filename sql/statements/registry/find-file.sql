-- Finds an index file that was seeded whole before, by its content.
-- In:  sha256 text
-- Out: one row or none: name, seeded_at, run_id
select name, seeded_at, run_id
from registry.files
where sha256 = :?sha256
