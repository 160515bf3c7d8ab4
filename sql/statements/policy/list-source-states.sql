-- Lists the sources and how they are doing, by name, or finds one.
-- In:  source uuid (null: all); country, state, visa_type text (null each: any); after text (page_key of the row before the first;
--      null: the first); most bigint (null: all)
-- Out: one row per source: source, name, country, visa_type, url, check_frequency, state (ok, failing, held, candidate, never,
--      inactive), failures_in_a_row, last_error, candidate_reason, confirm_at, last_checked_at, next_check_at,
--      last_change_detected_at, moved_to, versions, page_key
select
  h.source_id as source, h.name, h.country, h.visa_type, h.url, h.check_frequency, h.state, h.failures_in_a_row, h.last_error,
  h.candidate_reason, h.confirm_at, h.last_checked_at, h.next_check_at, h.last_change_detected_at, h.moved_to, h.versions,
  jsonb_build_array(h.name) as page_key
from policy.source_health h
where (:?source::uuid is null or h.source_id = :?source::uuid)
  and (:?country::text is null or h.country = upper(:?country))
  and (:?state::text is null or h.state = :?state)
  and (:?visa_type::text is null or lower(h.visa_type) = lower(:?visa_type))
  and (:?after::text is null or h.name collate "C" > :?after::jsonb ->> 0)
order by h.name collate "C"
limit :?most::bigint
