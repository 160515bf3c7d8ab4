-- Finds a source with all that is known of it.
-- In:  source text (UUID)
-- Out: one row: source_id, name, country, visa_type, url, moved_to, fetch_type, check_frequency, is_active, state,
--      failures_in_a_row, last_error_code, last_error, candidate_reason, confirm_at, last_checked_at, next_check_at,
--      last_change_detected_at, versions, normaliser_version, metadata (text), created_at, updated_at
select
  s.id as source_id, s.name, s.country, s.visa_type, h.url, h.moved_to, s.fetch_type, s.check_frequency, s.is_active, h.state,
  s.failures_in_a_row, s.last_error_code, h.last_error, h.candidate_reason, h.confirm_at, s.last_checked_at,
  s.next_check_at, s.last_change_detected_at, h.versions, s.normaliser_version, s.metadata::text as metadata, s.created_at,
  s.updated_at
from policy.sources s
join policy.source_health h on h.source_id = s.id
where s.id = :?source::uuid
