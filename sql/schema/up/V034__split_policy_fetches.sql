-- Splits the checks of pages into ranges of time, so that what was kept long enough goes a whole table at once.

-- A node that was not stopped waits here with what it writes for a run, before it holds anything.
lock table ops.runs in exclusive mode;

-- It comes back with the views.
drop view if exists policy.shown_fetches;

-- What is there stays where it is, as the first of them: no row is written anew, and each is looked at once.
alter table policy.fetches rename to fetches_first;
alter table policy.fetches_first drop constraint fetches_pkey;
alter table policy.fetches_first alter column id drop identity;
alter index policy.fetches_snapshot_idx rename to fetches_first_snapshot_idx;
alter index policy.fetches_run_idx rename to fetches_first_run_idx;
-- The key leads to the last checks of a page.
drop index policy.fetches_source_idx;

create table policy.fetches (
  id            bigint      generated always as identity,
  source_id     uuid        not null,
  run_id        bigint,
  fetched_at    timestamptz not null default now(),
  url           text        not null,
  final_url     text        not null,
  redirects     jsonb       not null default '[]',
  status        integer,
  headers       jsonb       not null default '{}',
  snapshot      varchar(64),
  bytes         bigint,
  milliseconds  integer     not null,
  outcome       varchar(20) not null,
  cause         varchar(40),
  message       text,
  links_hash    varchar(64),
  constraint fetches_pkey primary key (source_id, fetched_at, id),
  constraint fetches_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint fetches_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  constraint fetches_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint fetches_outcome_known check (outcome in
    ('baseline', 'unchanged', 'not_modified', 'candidate', 'held', 'changed', 'failed')),
  constraint fetches_failed_with_a_cause check (outcome not in ('failed', 'held') or (cause is not null and message is not null)),
  constraint fetches_text_has_a_snapshot check (outcome not in ('baseline', 'candidate', 'held', 'changed') or bytes is not null),
  constraint fetches_counts_not_negative check (milliseconds >= 0 and coalesce(bytes, 0) >= 0)
) partition by range (fetched_at);
comment on table policy.fetches is 'Every check of every page, whatever came of it.';
comment on column policy.fetches.final_url is 'Which answered, after redirects.';
comment on column policy.fetches.redirects is 'On the way there: status and address of each.';
comment on column policy.fetches.status is 'HTTP status; null if there was no answer.';
comment on column policy.fetches.headers is 'Of the answer, names in small letters.';
comment on column policy.fetches.snapshot is 'What came; null if nothing did, or once it is old and no version was made of it.';
comment on column policy.fetches.cause is 'Code of what was wrong, such as soft_error or encrypted.';
comment on column policy.fetches.links_hash is 'SHA-256 of where the page led to: links may change while the text stays.';
-- "Which come next?" is asked by what removes them, and "which was first?" by who looks for what a version was made of.
create index fetches_id_idx on policy.fetches (id);
-- Is a snapshot still referred to?
create index fetches_snapshot_idx on policy.fetches (snapshot);
-- The foreign key.
create index fetches_run_idx on policy.fetches (run_id);
comment on table policy.fetches_first is 'The first checks, those from before there were partitions among them.';

do $$
begin
  -- What is made ahead follows at night.
  execute format(
    'alter table policy.fetches attach partition policy.fetches_first for values from (minvalue) to (%L)',
    (select date_trunc('quarter', greatest(max(f.fetched_at), now()) + interval '1 month', 'UTC') + interval '3 months' from policy.fetches_first f));
  perform setval(pg_get_serial_sequence('policy.fetches', 'id'), (select max(f.id) from policy.fetches_first f));
end;
$$;

create table policy.fetches_default partition of policy.fetches default;
comment on table policy.fetches_default is 'Checks of a time for which no range was made ahead, and those that were kept when theirs went.';
