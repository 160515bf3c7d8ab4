-- Looks anew at what a table in partitions holds as a whole, and tables by hash beside it: autovacuum looks at partitions alone.
-- In:  table text (with its schema)
-- Out: one row: is_done
select ops.analyze_partitions(:?table::regclass) is not null as is_done
