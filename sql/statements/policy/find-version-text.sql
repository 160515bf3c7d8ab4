-- Finds a version of a source with its text and where the text leads to.
-- In:  source uuid; version bigint
-- Out: one row: source, name, url, version, fetched_at, is_technical, content_hash, text, links (JSON); none if there is no such one
select
  v.source_id as source, s.name, s.url, v.sequence as version, v.fetched_at, v.is_technical, v.content_hash, v.raw_text as text, v.links
from policy.policy_versions v
join policy.source_health s on s.source_id = v.source_id
where v.source_id = :?source::uuid and v.sequence = :?version::integer
