-- Finds datasets of different sources that are the same one, and forgets what is so no more; nothing is merged away.
-- In:  now timestamptz (null: the clock)
-- Out: one row per rule that found or lost any: rule, found, lost
select c.rule, c.found, c.lost
from harvest.find_copies(coalesce(:?now::timestamptz, now())) c
order by c.rule
