-- Lets go of a page that was claimed and not checked: everything else stays as it was.
-- In:  source text (UUID); worker text
-- Out: one row: id; none if it was another worker's
with turn as (
  update policy.hosts set claimed_by = null where claimed_by = :?worker
)
update policy.sources
set claimed_by = null
where id = :?source::uuid and claimed_by = :?worker
returning id
