-- Removes the jobs that ended more than 30 days ago.
-- In:  nothing
-- Out: one row: deleted
select names.cleanup_old_jobs() as deleted
