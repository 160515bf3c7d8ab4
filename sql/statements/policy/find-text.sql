-- Finds a version of a source with its text and where the text leads to.
-- In:  source text (UUID); version integer (null: the last one)
-- Out: one row: version, fetched_at, is_technical, content_hash, raw_text, links (JSON as text); none if there is no such one
select sequence as version, fetched_at, is_technical, content_hash, raw_text, links::text as links
from policy.policy_versions
where source_id = :?source::uuid
  and sequence = coalesce(:?version::integer, (select max(sequence) from policy.policy_versions where source_id = :?source::uuid))
