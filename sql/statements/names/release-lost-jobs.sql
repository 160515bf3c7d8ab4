-- Releases the jobs of workers whose heartbeats stopped: due again at once, or failed after the last attempt.
-- In:  nothing
-- Out: one row per job: id, worker, status
select id, worker, status from names.release_lost_jobs()
