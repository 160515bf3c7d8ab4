-- Makes the partitions of the checks that come next.
-- In:  size text (month, quarter or year)
-- Out: one row: opened (their names, with blanks between; null: none was missing)
select string_agg(o.opened, ' ') as opened
from ops.open_partitions('policy.fetches', ops.partition_bound(now()::text, :?size, 0), :?size, 1) o (opened)
