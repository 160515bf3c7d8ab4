-- Ends an attempt that failed: the job is due again after a pause that doubles each time, or is dead; what was
-- the server's failure is no attempt.
-- In:  job text (UUID); worker text; attempt integer; error text; permanent boolean (it would fail again); is_attempt
--      boolean (false: it was the server that failed); pause integer (in milliseconds, after the first attempt)
-- Out: one row: status (queued or failed), next_retry_at; none if the job is another worker's
with attempt as (
  select id, :?is_attempt::boolean and (:?permanent::boolean or attempts >= max_attempts) as is_last
  from names.jobs
  where id = :?job::uuid
),
ended as (
  update names.jobs j
  set status = case when attempt.is_last then 'failed' else 'queued' end,
      last_error = :?error,
      attempts = case when :?is_attempt::boolean then j.attempts else j.attempts - 1 end,
      next_retry_at = case
        when attempt.is_last then null
        else clock_timestamp() + ops.backoff(j.attempts, :?pause::integer * interval '1 millisecond')
      end,
      completed_at = case when attempt.is_last then clock_timestamp() end
  from attempt
  where j.id = attempt.id and j.status = 'running' and j.claimed_by = :?worker and j.attempts = :?attempt::integer
  returning j.dataset_id, j.status, j.next_retry_at
),
dropped as (
  select names.drop_staging(ended.dataset_id) from ended
),
failed as (
  update names.datasets d
  set status = 'failed', error_message = :?error
  from ended
  where d.id = ended.dataset_id and ended.status = 'failed'
)
select ended.status, ended.next_retry_at from ended, (select count(*) from dropped) all_dropped
