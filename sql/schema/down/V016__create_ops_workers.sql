-- Gives every claim its own heartbeat again, as late as its worker's last one.

alter table policy.messages add column heartbeat_at timestamptz;
update policy.messages m
set heartbeat_at = coalesce((select w.heartbeat_at from ops.workers w where w.id = m.claimed_by), now())
where m.claimed_by is not null;
alter table policy.messages
  add constraint messages_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null));

alter table policy.sources add column heartbeat_at timestamptz;
update policy.sources s
set heartbeat_at = coalesce((select w.heartbeat_at from ops.workers w where w.id = s.claimed_by), now())
where s.claimed_by is not null;
alter table policy.sources
  add constraint sources_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null));
create index sources_claimed_idx on policy.sources (heartbeat_at) where claimed_by is not null;

drop index policy.hosts_claimed_idx;
alter table policy.hosts add column heartbeat_at timestamptz;
update policy.hosts h
set heartbeat_at = coalesce((select w.heartbeat_at from ops.workers w where w.id = h.claimed_by), now())
where h.claimed_by is not null;
alter table policy.hosts
  add constraint hosts_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null));
create index hosts_claimed_idx on policy.hosts (heartbeat_at) where claimed_by is not null;

do $$
begin
  execute replace(pg_get_functiondef('names.merge_dataset(uuid, text, integer, bigint, bigint, bigint, integer)'::regprocedure),
    'j.claimed_by', 'j.locked_by');
end;
$$;

drop index names.jobs_claimed_idx;
alter table names.jobs drop constraint chk_running_is_claimed;
alter table names.jobs rename column claimed_by to locked_by;
alter table names.jobs rename column claimed_at to locked_at;
alter table names.jobs add column heartbeat_at timestamptz;
update names.jobs j
set heartbeat_at = coalesce((select w.heartbeat_at from ops.workers w where w.id = j.locked_by), j.locked_at)
where j.locked_by is not null;
alter table names.jobs
  add constraint chk_running_is_locked check (status <> 'running' or (locked_by is not null and locked_at is not null and heartbeat_at is not null));
create index idx_jobs_locked_at on names.jobs (locked_at) where locked_at is not null and status = 'running';
comment on column names.jobs.locked_at is 'Timestamp when job was locked by a worker';
comment on column names.jobs.locked_by is 'Worker ID (hostname or container ID)';
comment on column names.jobs.heartbeat_at is 'When its worker last said that it is alive; a silent one loses the job.';

create or replace function names.lock_next_job(worker_id varchar(100))
returns table (job_id uuid, job_type varchar(50), job_payload jsonb) language plpgsql as $$
begin
  return query
  with next as (
    select j.id
    from names.jobs j
    where j.status = 'queued' and j.attempts < j.max_attempts and (j.next_retry_at is null or j.next_retry_at <= now())
    order by j.created_at
    limit 1
    for update skip locked
  ),
  locked as (
    update names.jobs j
    set status = 'running', locked_at = now(), locked_by = worker_id, heartbeat_at = now(),
        started_at = coalesce(j.started_at, now()), attempts = j.attempts + 1
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
    from locked
    where d.id = locked.dataset_id
  )
  select locked.id, locked.type, locked.payload from locked;
end;
$$;
comment on function names.lock_next_job(varchar) is 'Hands the next job that is due to one worker; no row if there is none.';
drop function names.release_lost_jobs();

update ops.runs r
set heartbeat_at = greatest(r.heartbeat_at, w.heartbeat_at)
from ops.workers w
where w.id = r.claimed_by and r.status = 'running';
comment on index ops.runs_one_running_idx is null;
comment on column ops.runs.node is null;
alter table ops.runs drop column claimed_by;

do $$
begin
  if exists (select from pg_roles where rolname = 'api_worker') then
    revoke usage on schema ops from api_worker;
  end if;
end;
$$;
drop function ops.backoff(integer, interval, interval);
drop function ops.is_alive(text);
drop function ops.beat(text[], interval);
drop table ops.workers;
