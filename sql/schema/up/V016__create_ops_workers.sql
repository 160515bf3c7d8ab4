-- One lease for all that is claimed: a claim holds for as long as its worker sends heartbeats.

create table ops.workers (
  id           text        not null,
  started_at   timestamptz not null,
  heartbeat_at timestamptz not null,
  lease        interval    not null,
  constraint workers_pkey primary key (id),
  constraint workers_lease_positive check (lease > interval '0')
);
comment on table ops.workers is 'Who is at work: what a worker claimed is its own until its lease ends.';
comment on column ops.workers.id is 'Host, process and number: host:pid/start-number. Never given twice.';
comment on column ops.workers.lease is 'So long after its last heartbeat its claims hold; ops.lease of its process.';

create function ops.beat(workers text[], lease interval default null) returns void
language sql security definer set search_path = ops, pg_temp as $$
  insert into ops.workers as w (id, started_at, heartbeat_at, lease)
  select b.id, clock_timestamp(), clock_timestamp(), coalesce(beat.lease, interval '45 seconds')
  from unnest(beat.workers) as b (id)
  order by b.id
  on conflict (id) do update set heartbeat_at = clock_timestamp(), lease = coalesce(beat.lease, w.lease)
$$;
comment on function ops.beat(text[], interval) is
  'A heartbeat of some workers, which begins or renews their leases. Without a length a lease stays as long as it was; a first one is 45 seconds.';

create function ops.is_alive(worker text) returns boolean
language sql security definer set search_path = ops, pg_temp as $$
  select exists (
    select from ops.workers w where w.id = is_alive.worker and w.heartbeat_at + w.lease > clock_timestamp())
$$;
comment on function ops.is_alive(text) is
  'Whether the lease of a worker still runs: if not, anybody may claim what it had. False for null.';

create function ops.backoff(attempt integer, first interval, longest interval default null) returns interval
language sql immutable as $$
  select least(backoff.first * power(2, least(greatest(backoff.attempt, 1) - 1, 30)), backoff.longest)
$$;
comment on function ops.backoff(integer, interval, interval) is
  'The pause after a failed attempt: the first one, doubled with each further attempt, at most the longest.';

-- ---- runs ----

alter table ops.runs add column claimed_by text;
comment on column ops.runs.claimed_by is 'The worker that runs it, or ran it: its claim holds while it is running.';
comment on column ops.runs.node is 'The process that ran it: host and process id, for people.';
update ops.runs set claimed_by = node || '/run-' || id where status = 'running';
insert into ops.workers
select claimed_by, started_at, heartbeat_at, interval '45 seconds' from ops.runs where status = 'running';
comment on index ops.runs_one_running_idx is 'Of one scope only one run is running: this is what holds a scope.';

-- ---- jobs ----

insert into ops.workers
select locked_by, min(locked_at), max(heartbeat_at), interval '45 seconds' from names.jobs where status = 'running' group by locked_by
on conflict do nothing;
alter table names.jobs rename column locked_by to claimed_by;
alter table names.jobs rename column locked_at to claimed_at;
alter table names.jobs
  drop constraint chk_running_is_locked,
  drop column heartbeat_at,
  add constraint chk_running_is_claimed check (status <> 'running' or (claimed_by is not null and claimed_at is not null));
comment on column names.jobs.claimed_by is 'The worker that has it, or had it last.';
comment on column names.jobs.claimed_at is 'When that worker claimed it.';
drop index names.idx_jobs_locked_at;
-- "Which jobs are running, and whose?" is asked before every claim.
create index jobs_claimed_idx on names.jobs (claimed_by) where status = 'running';

create function names.release_lost_jobs() returns table (id uuid, worker text, status text) language sql as $$
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

-- Of names.merge_dataset nothing but the name of a column is another.
do $$
begin
  execute replace(pg_get_functiondef('names.merge_dataset(uuid, text, integer, bigint, bigint, bigint, integer)'::regprocedure),
    'j.locked_by', 'j.claimed_by');
end;
$$;

do $$
declare
  ours regprocedure;
begin
  foreach ours in array array[
    'ops.beat(text[], interval)', 'ops.is_alive(text)', 'ops.backoff(integer, interval, interval)',
    'names.release_lost_jobs()']::regprocedure[]
  loop
    execute format('revoke execute on function %s from public', ours);
    if exists (select from pg_roles where rolname = 'api_worker') then
      execute format('grant execute on function %s to api_worker', ours);
    end if;
  end loop;
  if exists (select from pg_roles where rolname = 'api_worker') then
    grant usage on schema ops to api_worker;
  end if;
end;
$$;

-- ---- hosts, pages, messages ----

insert into ops.workers
select c.claimed_by, min(c.heartbeat_at), max(c.heartbeat_at), interval '45 seconds'
from (
  select claimed_by, heartbeat_at from policy.hosts
  union all select claimed_by, heartbeat_at from policy.sources
  union all select claimed_by, heartbeat_at from policy.messages
) c
where c.claimed_by is not null
group by c.claimed_by
on conflict do nothing;

drop index policy.hosts_claimed_idx;
alter table policy.hosts drop constraint hosts_claimed_with_a_heartbeat, drop column heartbeat_at;
-- "What does this worker hold?" is asked when it has checked a page.
create index hosts_claimed_idx on policy.hosts (claimed_by) where claimed_by is not null;

drop index policy.sources_claimed_idx;
alter table policy.sources drop constraint sources_claimed_with_a_heartbeat, drop column heartbeat_at;
alter table policy.messages drop constraint messages_claimed_with_a_heartbeat, drop column heartbeat_at;
