-- Stages one page of a walk for a plan, with its row in the ledger and the cursor; no dataset is touched.
-- In:  run bigint (its plan is meant); source bigint; records bytea, raws bytea: as harvest/upsert-page takes them;
--      rejects jsonb [{position, key, reason, message, record}]; request jsonb as ops.keep_request takes it; skipped bigint;
--      now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, restored (what it would do), unlisted, duplicates, conflicts; none if the run is not
--      running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
plan as materialized (
  select p.id from run join harvest.plans p on p.run_id = run.id
),
record as materialized (
  select r.*
  from run, jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    key text, hash text, updated_at timestamptz, place bigint, raw_from integer, raw_length integer)
),
held as materialized (
  select
    r.key, r.hash, r.updated_at, r.place, r.raw_from, r.raw_length, h.key as held_key, h.content_hash,
    d.retired_at is not null as is_retired, p.content_hash as staged_hash, p.place as staged_place
  from record r
  left join harvest.records h on h.source_id = :?source::bigint and h.key = r.key
  left join harvest.datasets d on d.id = h.dataset_id
  left join plan on true
  left join harvest.planned_records p on p.plan_id = plan.id and p.key = r.key
),
staged as (
  insert into harvest.planned_records as p (plan_id, key, place, content_hash, updated_at, raw)
  select
    plan.id, h.key, h.place, h.hash, h.updated_at,
    case when h.content_hash is distinct from h.hash
      then convert_from(substring(:?raws::bytea from h.raw_from for h.raw_length), 'UTF8')::jsonb end
  from plan, held h
  order by h.key
  -- The newer one is right, else the first: as harvest.write_records has it.
  on conflict (plan_id, key) do update
  set place = excluded.place, content_hash = excluded.content_hash, updated_at = excluded.updated_at, raw = excluded.raw
  where excluded.content_hash <> p.content_hash
    and (excluded.updated_at > p.updated_at
      or excluded.updated_at is not distinct from p.updated_at and excluded.place < p.place)
  returning 1
),
-- A rejected record is there all the same: without raw it stays as it is.
spared as (
  insert into harvest.planned_records (plan_id, key, place, content_hash)
  select plan.id, h.key, 0, h.content_hash
  from plan, jsonb_array_elements(:?rejects::jsonb) as r (reject)
  join harvest.records h on h.source_id = :?source::bigint and h.key = r.reject ->> 'key'
  where h.key not in (select record.key from record)
  on conflict do nothing
  returning 1
),
outcome as (
  select
    count(*) filter (where h.staged_hash is null and h.held_key is null) as added,
    count(*) filter (where h.staged_hash is null and not h.is_retired and h.content_hash <> h.hash) as updated,
    count(*) filter (where h.staged_hash is null and not h.is_retired and h.content_hash = h.hash) as unchanged,
    count(*) filter (where h.staged_hash is null and h.is_retired) as restored,
    count(*) filter (where h.staged_hash = h.hash) as duplicates,
    count(*) filter (where h.staged_hash <> h.hash) as conflicts,
    (select count(*) from staged) + (select count(*) from spared) as written
  from held h
),
rejected as (
  select r.unlisted from run, outcome, ops.keep_rejects(run.id, :?rejects::jsonb, 'error', run.now) r where outcome.written >= 0
),
requested as (
  select ops.keep_request(run.id, :?request::jsonb) from run, rejected
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', outcome.added + outcome.updated + outcome.unchanged + outcome.restored + jsonb_array_length(:?rejects::jsonb),
    'added', outcome.added, 'updated', outcome.updated, 'unchanged', outcome.unchanged, 'restored', outcome.restored,
    'rejected', jsonb_array_length(:?rejects::jsonb), 'skipped', :?skipped::bigint + outcome.duplicates + outcome.conflicts,
    'bytes', (:?request::jsonb -> 'bytes')::bigint), run.now)
  from run, outcome, (select count(*) as rows from requested) request
  where request.rows = 1
)
select
  outcome.added, outcome.updated, outcome.unchanged, outcome.restored, rejected.unlisted, outcome.duplicates, outcome.conflicts
from outcome, rejected, counted
