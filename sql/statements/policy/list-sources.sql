-- Lists the sources and how they are doing, by name.
-- In:  country text (null: any); is_failing boolean (true: only those that fail or are held)
-- Out: one row per source: source_id, name, country, visa_type, url, check_frequency, state (ok, failing, held, candidate,
--      never, inactive), failures_in_a_row, last_error_code, last_error, candidate_reason, confirm_at, last_checked_at,
--      next_check_at, last_change_detected_at, moved_to, versions
select
  source_id, name, country, visa_type, url, check_frequency, state, failures_in_a_row, last_error_code,
  last_error, candidate_reason, confirm_at, last_checked_at, next_check_at,
  last_change_detected_at, moved_to, versions
from policy.source_health
where (:?country::text is null or country = upper(:?country))
  and (not :?is_failing::boolean or state in ('failing', 'held'))
order by name
