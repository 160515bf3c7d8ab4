-- Makes the partitions of the requests of the next runs.
-- In:  size text (a number: runs of each)
-- Out: one row: opened (their names, with blanks between; null: none was missing)
select string_agg(o.opened, ' ') as opened
from ops.open_partitions('ops.requests', coalesce((select max(r.id) from ops.runs r), 0)::text, :?size::text, 1) o (opened)
