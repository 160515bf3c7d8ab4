-- Lets go of a source that was claimed and not walked: everything else stays as it was.
-- In:  source bigint; worker text
-- Out: one row: source_id; none if it was another worker's
update harvest.sources
set claimed_by = null
where id = :?source::bigint and claimed_by = :?worker
returning id as source_id
