-- Finds two versions of a source and the diff that was stored between them.
-- In:  source text (UUID); old, new integer (versions)
-- Out: one row: old_text, new_text, diff (null if none was stored); none if there is not the one or not the other
select o.raw_text as old_text, n.raw_text as new_text, c.diff
from policy.policy_versions o
join policy.policy_versions n on n.source_id = o.source_id and n.sequence = :?new::integer
left join policy.policy_changes c on c.old_version_id = o.id and c.new_version_id = n.id
where o.source_id = :?source::uuid and o.sequence = :?old::integer
