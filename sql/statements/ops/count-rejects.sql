-- Counts what a run refused by reason.
-- In:  run bigint
-- Out: one row per reason: reason, severity, rejects, and an example: first_position, example_key, example
select
  reason, severity, count(*) as rejects, min(position) as first_position, min(key) as example_key,
  min(message) as example
from ops.shown_rejects
where run_id = :?run::bigint
group by reason, severity
order by rejects desc, reason
