-- Stages a batch of figures and keeps what was refused of them.
-- In:  run bigint; dataset text (UUID); years, genders, counts text (separated by commas), spellings, keys text (separated by
--      line feeds); rejects jsonb [{position, reason, message, record}]
-- Out: one row: seen (figures and rejects), rejected; none if the run is not running any more: then nothing is written
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
rejected as (
  insert into ops.rejects (run_id, position, reason, severity, message, record, rejected_at)
  select run.id, r.position, r.reason, 'error', r.message, r.record, clock_timestamp()
  from run, jsonb_to_recordset(:?rejects::jsonb) as r (position text, reason text, message text, record text)
  returning 1
)
select
  names.stage_rows(:?dataset::uuid, :?years, :?genders, :?spellings, :?keys, :?counts) + all_rejected.count as seen,
  all_rejected.count as rejected
from run cross join (select count(*) as count from rejected) all_rejected
