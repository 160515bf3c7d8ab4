-- Finds what a page said last that does not count yet.
-- In:  source text (UUID)
-- Out: one row: hash (of the text), reason, seen_at, confirm_at, raw_text (null if it was not kept); none if nothing waits to count
select c.content_hash as hash, c.reason, c.seen_at, c.confirm_at, c.raw_text
from policy.candidates c
where c.source_id = :?source::uuid
