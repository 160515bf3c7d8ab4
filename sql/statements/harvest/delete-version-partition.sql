-- Removes the next partition of the states of datasets all of which are older than they are to be kept.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer (rows of it that may be needed: there are none)
-- Out: one row: removed, after (where to go on; null at the end)
select d.removed, d.next as after
from ops.drop_old_partition(
  'harvest.versions', now() - :?keep::bigint * interval '1 millisecond', :?after::bigint, 'false', :?most::integer) d
