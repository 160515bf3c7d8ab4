-- Lists the versions of a source without their texts, the latest first.
-- In:  source uuid; after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per version: version, fetched_at, characters, links (how many), is_technical, added, removed (lines, against the
--      version before; null if nothing changed in the words), content_hash, page_key
select
  v.sequence as version, v.fetched_at, v.content_length as characters, jsonb_array_length(v.links) as links, v.is_technical,
  c.added, c.removed, v.content_hash, jsonb_build_array(v.sequence) as page_key
from policy.policy_versions v
left join policy.changes c on c.source_id = v.source_id and c.new_sequence = v.sequence
where v.source_id = :?source::uuid
  and (:?after::text is null or v.sequence < (:?after::jsonb ->> 0)::integer)
order by v.sequence desc
limit :?most::bigint
