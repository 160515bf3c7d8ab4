-- Lists the versions of a source without their texts, the latest first.
-- In:  source text (UUID)
-- Out: one row per version: version, fetched_at, characters, links (how many), is_technical, added, removed (lines, against
--      the version before; null if nothing changed in the words), content_hash, normaliser_version
select
  v.sequence as version, v.fetched_at, v.content_length as characters, jsonb_array_length(v.links) as links, v.is_technical,
  c.added, c.removed, v.content_hash, v.normaliser_version
from policy.policy_versions v
left join policy.changes c on c.source_id = v.source_id and c.new_sequence = v.sequence
where v.source_id = :?source::uuid
order by v.sequence desc
