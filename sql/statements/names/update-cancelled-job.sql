-- Cancels a job that waits; one that a worker has is let go on.
-- In:  job text (UUID)
-- Out: one row: id; none if the job does not wait
with cancelled as (
  update names.jobs
  set status = 'failed', last_error = 'An operator cancelled it.', completed_at = clock_timestamp(), cancelled_at = clock_timestamp()
  where id = :?job::uuid and status = 'queued'
  returning id, dataset_id
)
select id from cancelled
