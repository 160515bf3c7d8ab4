-- Lets what is held of a page count at its next check, which is due at once, if the page still says so.
-- In:  source text (UUID); hash text (how that of the text begins; null: whatever it is, if it was the only one so far)
-- Out: one row: reason, seen_at; none if nothing waits to count, or another text than is meant
with accepted as (
  update policy.candidates c
  set confirm_at = c.seen_at
  where c.source_id = :?source::uuid
    and case when :?hash::text is null then c.sightings = 1 else starts_with(c.content_hash, lower(:?hash)) end
  returning c.source_id, c.reason, c.seen_at
),
due as (
  update policy.sources s
  set next_check_at = least(s.next_check_at, now())
  from accepted a
  where s.id = a.source_id
)
select reason, seen_at from accepted
