-- Stages a batch of figures and keeps what was refused of them.
-- In:  run bigint; dataset text (UUID); years, genders, counts text (separated by commas), spellings, keys text (separated by
--      line feeds); rejects jsonb [{position, reason, message, record}]
-- Out: one row: seen (figures and rejects), rejected, unlisted (rejects that are counted and not kept); none if the run is not running any more: then nothing is written
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
given as (
  select list as rejects, jsonb_array_length(list) as number from (select :?rejects::jsonb as list) came
),
rejected as (
  select r.unlisted from run, given, ops.keep_rejects(run.id, given.rejects, 'error', clock_timestamp()) r
)
select
  names.stage_rows(:?dataset::uuid, :?years, :?genders, :?spellings, :?keys, :?counts) + given.number as seen,
  given.number as rejected, rejected.unlisted
from run, given, rejected
