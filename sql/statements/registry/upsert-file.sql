-- Keeps that an index file was seeded whole.
-- In:  sha256, name, path text; bytes, run bigint; now timestamptz (null: the clock)
-- Out: one row: run_id
insert into registry.files (sha256, name, path, bytes, seeded_at, run_id)
values (:?sha256, :?name, :?path, :?bytes::bigint, coalesce(:?now::timestamptz, now()), :?run::bigint)
on conflict (sha256) do update
set name = excluded.name, path = excluded.path, bytes = excluded.bytes, seeded_at = excluded.seeded_at, run_id = excluded.run_id
returning run_id
