-- Removes the next partition of the checks all of which are older than they are to be kept, but what is needed of it.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer (rows of it that are needed: with more it stays)
-- Out: one row: removed, after (where to go on; null at the end)
select d.removed, d.next as after
from policy.drop_old_fetches(now() - :?keep::bigint * interval '1 millisecond', :?after::bigint, :?most::integer) d
