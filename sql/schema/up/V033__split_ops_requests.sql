-- Splits the requests of runs into ranges of runs, so that what was kept long enough goes a whole table at once.

-- A node that was not stopped waits here with what it writes for a run, before it holds anything.
lock table ops.runs in exclusive mode;

-- What is there stays where it is, as the first of them: no row is written anew, and each is looked at once.
alter table ops.requests rename to requests_first;
alter table ops.requests_first rename constraint requests_pkey to requests_first_pkey;

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
  cursor_key   text,
  constraint requests_pkey primary key (run_id, sequence),
  constraint requests_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade,
  constraint requests_sequence_from_one check (sequence >= 1),
  constraint requests_keys_with_records check (records > 0 or (first_key is null and last_key is null)),
  constraint requests_counts_not_negative check (least(milliseconds, bytes, records) >= 0 and attempts >= 1)
) partition by range (run_id);
comment on table ops.requests is 'One row per page fetched and committed: the audit of a run is a query.';
comment on column ops.requests.url is 'The URL without secrets.';
comment on column ops.requests.milliseconds is 'From the first attempt to the last byte, waiting included.';
comment on column ops.requests.cursor_key is 'Where a run resumes after this page: a key, an offset, a page number; null if the page does not say.';
comment on table ops.requests_first is 'Requests of the first runs.';

-- Not a bound that the next runs reach before somebody makes the range behind it, at night.
do $$
begin
  execute format(
    'alter table ops.requests attach partition ops.requests_first for values from (minvalue) to (%s)',
    (select ((coalesce(max(r.id), 0) + 100000) / 1000000 + 1) * 1000000 from ops.runs r));
end;
$$;

create table ops.requests_default partition of ops.requests default;
comment on table ops.requests_default is 'Requests of runs for which no range was made ahead, and those that were kept when theirs went.';
