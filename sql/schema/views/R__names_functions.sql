-- How jobs of the queue are handed out, and taken from workers whose lease ended.

create or replace function names.release_lost_jobs() returns table (id uuid, worker text, status text) language sql as $$
  with lost as (
    select j.id from names.jobs j where j.status = 'running' and not ops.is_alive(j.claimed_by) for update skip locked
  ),
  released as (
    update names.jobs j
    set status = case when j.attempts >= j.max_attempts then 'failed' else 'queued' end,
        last_error = format('The worker %s died in attempt %s: its heartbeats stopped.', j.claimed_by, j.attempts),
        next_retry_at = null,
        completed_at = case when j.attempts >= j.max_attempts then clock_timestamp() end
    from lost
    where j.id = lost.id
    returning j.id, j.dataset_id, j.claimed_by, j.status, j.last_error
  ),
  failed as (
    update names.datasets d
    set status = 'failed', error_message = released.last_error
    from released
    where d.id = released.dataset_id and released.status = 'failed'
  )
  select released.id, released.claimed_by, released.status from released
$$;
comment on function names.release_lost_jobs() is
  'Releases the jobs of workers whose lease ended: queued again, or failed after the last attempt.';

create or replace function names.lock_next_job(worker_id varchar(100))
returns table (job_id uuid, job_type varchar(50), job_payload jsonb) language plpgsql as $$
begin
  if not ops.is_alive(worker_id) then
    perform ops.beat(array[worker_id::text]); -- who claims is alive
  end if;
  perform from ops.abandon_lost_runs(); -- or one that comes back would close what is done anew
  perform from names.release_lost_jobs();
  return query
  with next as (
    select j.id
    from names.jobs j
    where j.status = 'queued' and j.attempts < j.max_attempts and (j.next_retry_at is null or j.next_retry_at <= now())
    order by j.created_at
    limit 1
    for update skip locked
  ),
  claimed as (
    update names.jobs j
    set status = 'running', claimed_at = now(), claimed_by = worker_id, started_at = coalesce(j.started_at, now()),
        attempts = j.attempts + 1
    from next
    where j.id = next.id
    returning j.id, j.type, j.payload, j.dataset_id
  ),
  begun as (
    update names.datasets d
    -- By what became of the file, not by the word on the job: an old job may be retried after a newer one read the file.
    set status = case
      when d.status in ('pending', 'processing') or d.processed_at is null then 'processing'
      else 'reprocessing'
    end
    from claimed
    where d.id = claimed.dataset_id
  )
  select claimed.id, claimed.type, claimed.payload from claimed;
end;
$$;
comment on function names.lock_next_job(varchar) is
  'Hands the next job that is due to one worker; no row if there is none. What workers had whose lease ended is due.';

-- Runs that were lost are abandoned for all rooms alike.
drop function if exists names.abandon_lost_loads();
