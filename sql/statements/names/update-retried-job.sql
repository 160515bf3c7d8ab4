-- Makes a dead or cancelled job due again, with all its attempts before it.
-- In:  job text (UUID)
-- Out: one row: id; none if the job is not dead
update names.jobs
set status = 'queued', attempts = 0, next_retry_at = null, completed_at = null, cancelled_at = null
where id = :?job::uuid and status = 'failed'
returning id
