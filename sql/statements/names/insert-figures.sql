-- Stages a batch of figures and keeps what was refused of them.
-- In:  run bigint; dataset text (UUID); years, genders, counts text (separated by commas), spellings, keys text (separated by
--      line feeds); rejects jsonb [{position, reason, message, record}]
-- Out: one row: seen (figures and rejects), rejected
with rejected as (
  insert into ops.rejects (run_id, position, reason, severity, message, record, rejected_at)
  select :?run::bigint, r.position, r.reason, 'error', r.message, r.record, clock_timestamp()
  from jsonb_to_recordset(:?rejects::jsonb) as r (position text, reason text, message text, record text)
  returning 1
)
select
  names.stage_rows(:?dataset::uuid, :?years, :?genders, :?spellings, :?keys, :?counts) + all_rejected.count as seen,
  all_rejected.count as rejected
from (select count(*) as count from rejected) all_rejected
