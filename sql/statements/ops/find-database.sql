-- Says which database this is, to tell its pages from those of others on the same brokers.
-- In:  nothing
-- Out: one row: id
select ops.database_id() as id
