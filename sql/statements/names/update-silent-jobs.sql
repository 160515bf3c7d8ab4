-- Releases the jobs of workers that have not sent a heartbeat for 45 seconds, which is due every ten: due again at once, or
-- dead after the last attempt.
-- In:  nothing
-- Out: one row per job: id, worker, status
with silent as (
  select id from names.jobs
  where status = 'running' and heartbeat_at < clock_timestamp() - interval '45 seconds'
  for update skip locked
),
released as (
  update names.jobs j
  set status = case when j.attempts >= j.max_attempts then 'failed' else 'queued' end,
      last_error = format('The worker %s died in attempt %s: it has not sent a heartbeat for 45 s.', j.locked_by, j.attempts),
      next_retry_at = null,
      completed_at = case when j.attempts >= j.max_attempts then clock_timestamp() end
  from silent
  where j.id = silent.id
  returning j.id, j.dataset_id, j.locked_by, j.status, j.last_error
),
failed as (
  update names.datasets d
  set status = 'failed', error_message = released.last_error
  from released
  where d.id = released.dataset_id and released.status = 'failed'
)
select id, locked_by as worker, status from released
