-- Keeps that an index file was seeded whole.
-- In:  sha256, name, path text; bytes, run bigint; now timestamptz (null: the clock)
-- Out: one row: run_id; none unless the run has succeeded: then nothing is written
insert into registry.files (sha256, name, path, bytes, seeded_at, run_id)
select :?sha256, :?name, :?path, :?bytes::bigint, coalesce(:?now::timestamptz, now()), r.id
from ops.runs r
where r.id = :?run::bigint and r.status = 'succeeded'
on conflict (sha256) do update
set name = excluded.name, path = excluded.path, bytes = excluded.bytes, seeded_at = excluded.seeded_at, run_id = excluded.run_id
returning run_id
