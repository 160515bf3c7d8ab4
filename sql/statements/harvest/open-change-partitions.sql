-- Makes the partitions of the changes that come next.
-- In:  size text (a number: changes of each)
-- Out: one row: opened (their names, with blanks between; null: none was missing)
select string_agg(o.opened, ' ') as opened
from ops.open_partitions('harvest.changes', coalesce(pg_sequence_last_value(pg_get_serial_sequence('harvest.changes', 'id')::regclass), 0)::text, :?size, 1) o (opened)
