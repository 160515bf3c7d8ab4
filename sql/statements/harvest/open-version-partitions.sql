-- Makes the partitions of the states of datasets that end next.
-- In:  size text (month, quarter or year)
-- Out: one row: opened (their names, with blanks between; null: none was missing)
select string_agg(o.opened, ' ') as opened
from ops.open_partitions('harvest.versions', ops.partition_bound(now()::text, :?size, 0), :?size, 1) o (opened)
