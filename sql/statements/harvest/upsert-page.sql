-- Commits one page of a walk: records, sightings, datasets that change, versions, rejects, its row in the ledger and the
-- cursor, all or nothing.
-- In:  run bigint; source bigint;
--      records bytea: JSON in UTF-8 [{key, hash, updated_at, place, raw_from, raw_length}], one per key;
--      raws bytea: the records themselves, each from its raw_from (counted from 1), raw_length bytes long;
--      rejects jsonb [{position, key, reason, message, record}]; request jsonb as ops.keep_request takes it;
--      skipped bigint; now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, restored, unlisted (rejects that are counted and not kept), duplicates, conflicts;
--      none if the run is not running any more: then nothing is written
with run as (
  select id, heartbeat_at from ops.runs where id = :?run::bigint and status = 'running' for key share
),
-- The clock of a run never runs backwards.
clock as (
  select greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now from run
),
given as (
  select
    convert_from(:?records::bytea, 'UTF8')::jsonb as records, :?request::jsonb as request,
    coalesce(jsonb_agg(r.reject) filter (where r.reject ->> 'reason' <> 'conflicting-duplicate'), '[]') as rejects,
    coalesce(jsonb_agg(r.reject) filter (where r.reject ->> 'reason' = 'conflicting-duplicate'), '[]') as warnings,
    array_agg(r.reject ->> 'key') as keys
  from jsonb_array_elements(:?rejects::jsonb) as r (reject)
),
page as materialized (
  select w.*
  from run, clock, given,
    harvest.write_records(run.id, :?source::bigint, given.records, :?raws::bytea, given.keys, clock.now) w
),
rejected as (
  select r.unlisted + w.unlisted as unlisted
  from run, clock, given, page,
    ops.keep_rejects(run.id, given.rejects || page.rejects, 'error', clock.now) r,
    ops.keep_rejects(run.id, given.warnings || page.warnings, 'warning', clock.now) w
),
-- Everything else first: the run's row, which both writers need, is held for a moment only.
requested as (
  select ops.keep_request(run.id, given.request) from run, given, rejected
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', jsonb_array_length(given.records) + jsonb_array_length(:?rejects::jsonb) - page.duplicates,
    'added', page.added, 'updated', page.updated, 'unchanged', page.unchanged, 'restored', page.restored,
    'rejected', jsonb_array_length(:?rejects::jsonb) + page.unmappable + page.conflicts,
    'skipped', :?skipped::bigint + page.duplicates, 'bytes', (given.request -> 'bytes')::bigint), clock.now)
  from run, clock, given, page, (select count(*) as rows from requested) request
  where request.rows = 1
)
select page.added, page.updated, page.unchanged, page.restored, rejected.unlisted, page.duplicates, page.conflicts
from page, rejected, counted
