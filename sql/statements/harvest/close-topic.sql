-- Notes how far a topic of changes has come, and lets go of it.
-- In:  topic text; worker text; after bigint (the number of the last change there)
-- Out: one row: topic; none if another worker has it now
update harvest.topics t
set after = greatest(t.after, :?after::bigint), claimed_by = null, published_at = now()
where t.name = :?topic and t.claimed_by = :?worker
returning t.name as topic
