-- Stages one page of a crawl for a plan, with its row in the ledger and the cursor; no dataset is touched.
-- In:  run bigint (its plan is meant); scope text (the region); records bytea, raws bytea: as catalog/upsert-page takes them;
--      rejects jsonb [{position, key, reason, message, record}]; request jsonb as ops.keep_request takes it; skipped bigint;
--      now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, restored (what it would do), unlisted; none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for key share
),
record as (
  select r.*
  from run, jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    id text, content_hash text, agency text, page_views bigint, download_count bigint)
),
outcome as materialized (
  select
    count(*) filter (where held.id is null) as added,
    count(*) filter (where held.retired_at is null and held.content_hash <> record.content_hash) as updated,
    count(*) filter (where held.retired_at is null and held.content_hash = record.content_hash) as unchanged,
    count(*) filter (where held.retired_at is not null) as restored,
    coalesce(bool_or(held.id is null or held.retired_at is not null
      or (held.content_hash, held.agency, held.page_views, held.download_count)
        is distinct from (record.content_hash, record.agency, record.page_views, record.download_count)), false) as writes
  from record
  left join catalog.socrata_datasets held on held.region = :?scope and held.id = record.id
),
staged as (
  insert into catalog.planned_pages (plan_id, sequence, records, raws, rejects, request, skipped)
  select
    p.id, (:?request::jsonb -> 'sequence')::integer, :?records::bytea, case when outcome.writes then :?raws::bytea else '' end,
    :?rejects::jsonb, :?request::jsonb, :?skipped::bigint
  from run join catalog.plans p on p.run_id = run.id, outcome
  returning 1
),
rejected as (
  select r.unlisted from run, staged, ops.keep_rejects(run.id, :?rejects::jsonb, 'error', run.now) r
),
requested as (
  select ops.keep_request(run.id, :?request::jsonb) from run, rejected
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', (select count(*) from record) + jsonb_array_length(:?rejects::jsonb), 'added', outcome.added,
    'updated', outcome.updated, 'unchanged', outcome.unchanged, 'restored', outcome.restored,
    'rejected', jsonb_array_length(:?rejects::jsonb), 'skipped', :?skipped::bigint,
    'bytes', (:?request::jsonb -> 'bytes')::bigint), run.now)
  from run, outcome, (select count(*) as rows from requested) page
  where page.rows = 1
)
select outcome.added, outcome.updated, outcome.unchanged, outcome.restored, rejected.unlisted
from outcome, rejected, counted
