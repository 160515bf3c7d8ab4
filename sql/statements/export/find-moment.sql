-- Finds the moment that a snapshot is of.
-- In:  nothing
-- Out: one row: taken_at
select now() as taken_at
