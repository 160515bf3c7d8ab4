-- The ledger: every run of every room, every page it fetched, every record it refused.

create schema ops;
comment on schema ops is 'The ledger of all rooms: runs, requests, rejects.';

create table ops.runs (
  id              bigint generated always as identity,
  room            text        not null,
  flow            text        not null,
  scope           text        not null,
  trigger         text        not null,
  mode            text        not null,
  status          text        not null default 'running',
  node            text        not null,
  resumes         bigint,
  begun_at        timestamptz not null,
  started_at      timestamptz not null,
  heartbeat_at    timestamptz not null,
  finished_at     timestamptz,
  is_complete     boolean     not null default false,
  cursor          text,
  cursor_sequence integer     not null default 0,
  seen            bigint      not null default 0,
  added           bigint      not null default 0,
  updated         bigint      not null default 0,
  unchanged       bigint      not null default 0,
  retired         bigint      not null default 0,
  restored        bigint      not null default 0,
  rejected        bigint      not null default 0,
  skipped         bigint      not null default 0,
  bytes           bigint      not null default 0,
  error           text,
  note            text,
  constraint runs_pkey primary key (id),
  constraint runs_resumes_fkey foreign key (resumes) references ops.runs (id),
  constraint runs_status_known check (status in ('running', 'succeeded', 'failed', 'stopped', 'abandoned')),
  constraint runs_finished_unless_running check ((status = 'running') = (finished_at is null)),
  constraint runs_failed_with_an_error check (status <> 'failed' or error is not null),
  constraint runs_complete_only_if_succeeded check (not is_complete or status in ('running', 'succeeded')),
  constraint runs_times_in_order check (
    begun_at <= started_at and started_at <= heartbeat_at and (finished_at is null or heartbeat_at <= finished_at)),
  constraint runs_counts_not_negative
    check (least(seen, added, updated, unchanged, retired, restored, rejected, skipped, bytes, cursor_sequence) >= 0)
);
comment on table ops.runs is 'One row per run of a flow over a scope.';
comment on column ops.runs.scope is 'What the run is over: a region, a file, a source.';
comment on column ops.runs.mode is 'full | directory | since | partial: what part of the scope was asked for.';
comment on column ops.runs.resumes is 'The unfinished run whose work this one goes on with.';
comment on column ops.runs.begun_at is 'When the first run of a chain of resumptions started.';
comment on column ops.runs.is_complete is 'The run saw its whole scope, from the first record to a clean end.';
comment on column ops.runs.cursor is 'Position up to which everything is committed.';
comment on column ops.runs.cursor_sequence is 'Sequence of the request that ended at the cursor; 0 is where the run began.';
comment on column ops.runs.seen is 'Records looked at, each once: added + updated + unchanged + restored + rejected in a full run.';
comment on column ops.runs.skipped is 'Records passed over, such as a second copy of one key.';
comment on column ops.runs.note is 'What the operator should know of a run that did not fail.';

-- "What ran last over this scope, and how did it end?" is asked by every start and by the console.
create index runs_scope_idx on ops.runs (room, flow, scope, id desc);
-- Of one scope only one run is running: the advisory lock keeps it so, the index proves it.
create unique index runs_one_running_idx on ops.runs (room, flow, scope) where status = 'running';

create table ops.requests (
  run_id       bigint      not null,
  sequence     integer     not null,
  requested_at timestamptz not null,
  url          text        not null,
  status       integer     not null,
  attempts     integer     not null,
  milliseconds integer     not null,
  bytes        bigint      not null,
  first_key    text,
  last_key     text,
  records      integer     not null,
  constraint requests_pkey primary key (run_id, sequence),
  constraint requests_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade,
  constraint requests_sequence_from_one check (sequence >= 1),
  constraint requests_keys_with_records check (records > 0 or (first_key is null and last_key is null)),
  constraint requests_counts_not_negative check (least(milliseconds, bytes, records) >= 0 and attempts >= 1)
);
comment on table ops.requests is 'One row per page fetched and committed: the audit of a run is a query.';
comment on column ops.requests.url is 'The URL without secrets.';
comment on column ops.requests.milliseconds is 'From the first attempt to the last byte, waiting included.';

create table ops.rejects (
  id          bigint generated always as identity,
  run_id      bigint      not null,
  position    text        not null,
  key         text,
  reason      text        not null,
  severity    text        not null,
  message     text        not null,
  record      text        not null,
  rejected_at timestamptz not null,
  constraint rejects_pkey primary key (id),
  constraint rejects_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade,
  constraint rejects_severity_known check (severity in ('error', 'warning'))
);
comment on table ops.rejects is 'Records that were refused, with the reason and the record itself.';
comment on column ops.rejects.position is 'Where it stood: page/index, line or row.';
comment on column ops.rejects.record is 'The raw record as text: it may hold what jsonb refuses.';

-- "What did this run refuse, and why?"
create index rejects_run_idx on ops.rejects (run_id, reason);
