-- Lists the pages whose latest version may have to be made anew, for rules or libraries that are others now.
-- In:  source text (UUID; null: all)
-- Out: one row per page, as open-next-check gives it: source_id, name, url, country, visa_type, fetch_type, check_frequency,
--      metadata (as JSON), next_check_at, normaliser_version, failures_in_a_row, and of its latest version version_id,
--      sequence, content_hash, content_length
select
  s.id as source_id, s.name, s.url, s.country, s.visa_type, s.fetch_type, s.check_frequency, s.metadata::text as metadata,
  s.next_check_at, s.normaliser_version, s.failures_in_a_row, v.id as version_id, v.sequence, v.content_hash, v.content_length
from policy.sources s
join lateral (
  select * from policy.policy_versions v where v.source_id = s.id order by v.sequence desc limit 1
) v on true
where :?source::uuid is null or s.id = :?source::uuid
order by s.name
