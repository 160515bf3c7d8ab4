-- Splits what datasets were into ranges of time, what changed into ranges of numbers, and records by their source.

-- A node that was not stopped waits here with what it writes for a run, before it holds anything.
lock table ops.runs in exclusive mode;
-- Readers, and the copy of the catalogue, begin with these: who comes later waits here, and not in the midst of it.
lock table harvest.sources, harvest.datasets in access exclusive mode;
-- They come back with the views.
drop view if exists
  harvest.field_changes, harvest.run_changes, harvest.dataset_changes, harvest.held_runs, harvest.source_status;
drop function if exists harvest.versions_of(bigint, timestamptz, uuid);
-- These find a record by its place alone, which is one of each partition: that node would write into records of other sources.
drop function if exists
  harvest.write_records, harvest.change_datasets, harvest.settle_datasets;

-- ---- what it was ----

-- What is there stays where it is, as the first of them: no row is written anew, and each is looked at once.
alter table harvest.versions rename to versions_first;
alter table harvest.versions_first
  drop constraint versions_pkey,
  drop constraint versions_one_at_a_time,
  alter column id drop identity;
alter index harvest.versions_run_idx rename to versions_first_run_idx;
alter index harvest.versions_source_idx rename to versions_first_source_idx;

create table harvest.versions (
  id             bigint      not null generated always as identity,
  dataset_id     uuid        not null,
  source_id      bigint      not null,
  key            text        not null,
  valid_from     timestamptz not null,
  valid_to       timestamptz not null,
  run_id         bigint      not null,
  cause          text        not null,
  changed_fields text[]      not null,
  is_noise       boolean     not null,
  was_retired    boolean     not null,
  content_hash   text        not null,
  state          jsonb       not null,
  raw            jsonb,
  constraint versions_pkey primary key (source_id, dataset_id, valid_to),
  constraint versions_last_a_while check (valid_from < valid_to),
  constraint versions_cause_is_known
    check (cause in ('changed', 'retired', 'restored', 'renamed', 'mapped', 'undone'))
) partition by range (valid_to);
comment on table harvest.versions is 'The states that datasets had before the one they have. Rows are never changed.';
comment on column harvest.versions.run_id is 'The run that ended the state.';
comment on column harvest.versions.changed_fields is 'Columns that the next state has otherwise.';
comment on column harvest.versions.is_noise is 'Nothing but the moment of modification or counters changed: no news.';
comment on column harvest.versions.was_retired is 'The dataset was retired while this state was valid.';
comment on column harvest.versions.state is 'The columns of harvest.datasets that a mapping fills, and distributions.';
comment on column harvest.versions.raw is 'The record of that state; NULL if the next state has the same one.';
-- "What did this run change?"
create index versions_run_idx on harvest.versions (run_id);
-- "What did this source hold then?"
create index versions_source_idx on harvest.versions (source_id, valid_to);
comment on table harvest.versions_first is 'The states that ended first, those from before there were partitions among them.';

do $$
begin
  execute format(
    'alter table harvest.versions attach partition harvest.versions_first for values from (minvalue) to (%L)',
    (select date_trunc('year', greatest(max(v.valid_to), now()) + interval '3 months', 'UTC') + interval '1 year' from harvest.versions_first v));
  perform setval(pg_get_serial_sequence('harvest.versions', 'id'), (select max(v.id) from harvest.versions_first v));
end;
$$;

create table harvest.versions_default partition of harvest.versions default;
comment on table harvest.versions_default is 'States that ended when no range was made ahead for that time.';

-- ---- what changed ----

alter table harvest.changes rename to changes_first;
alter table harvest.changes_first drop constraint changes_pkey, drop constraint changes_number_once;
alter index harvest.changes_unnumbered_idx rename to changes_first_unnumbered_idx;
alter index harvest.changes_dataset_idx rename to changes_first_dataset_idx;
alter index harvest.changes_run_idx rename to changes_first_run_idx;

create table harvest.changes (
  id         bigint      not null,
  number     bigint,
  dataset_id uuid        not null,
  source_id  bigint      not null,
  change     text        not null,
  fields     text[]      not null default '{}',
  run_id     bigint      not null,
  changed_at timestamptz not null,
  constraint changes_pkey primary key (source_id, id),
  constraint changes_change_is_known check (change in ('added', 'changed', 'retired', 'restored', 'renamed', 'undone'))
) partition by range (id);
comment on table harvest.changes is 'Every change that counts, in the order of their numbers.';
comment on column harvest.changes.number is
  'Given by one publisher after the commit: who asks for what came after the last number it knows misses nothing. NULL: not yet.';
-- "What came after this number?"
create index changes_number_idx on harvest.changes (number);
-- "What has no number yet?"
create index changes_unnumbered_idx on harvest.changes (id) where number is null;
-- "What happened to this dataset?"
create index changes_dataset_idx on harvest.changes (dataset_id);
-- "What did this run do?"
create index changes_run_idx on harvest.changes (run_id);
comment on table harvest.changes_first is 'The first changes.';

do $$
declare
  -- Numbers that were given are never given again, nor those that a restore jumped over.
  given bigint := coalesce(pg_sequence_last_value(pg_get_serial_sequence('harvest.changes_first', 'id')::regclass), 0);
begin
  alter table harvest.changes_first alter column id drop identity;
  alter table harvest.changes alter column id add generated always as identity;
  perform setval(pg_get_serial_sequence('harvest.changes', 'id'), nullif(given, 0));
  execute format(
    'alter table harvest.changes attach partition harvest.changes_first for values from (minvalue) to (%s)',
    ((given + 1000000) / 10000000 + 1) * 10000000); -- not a bound that is reached before the night
end;
$$;

create table harvest.changes_default partition of harvest.changes default;
comment on table harvest.changes_default is 'Changes for which no range was made ahead.';

-- ---- what came ----

-- Each row goes to the partition of its source: this writes the whole table anew.
alter table harvest.records rename to records_whole;
alter table harvest.records_whole drop constraint records_pkey, drop constraint records_source_fkey;
drop index
  harvest.records_pending_idx, harvest.records_rival_idx, harvest.records_dataset_idx, harvest.records_missed_idx;

create table harvest.records (
  source_id     bigint      not null,
  key           text        not null,
  raw           jsonb       not null,
  content_hash  text        not null,
  updated_at    timestamptz,
  dataset_id    uuid,
  rival_hash    text,
  problem       text,
  waiting_run_id bigint,
  missed        integer     not null default 0,
  missed_run_id bigint,
  first_seen_at timestamptz not null,
  changed_at    timestamptz not null,
  constraint records_hash_is_sha256 check (content_hash ~ '^[0-9a-f]{64}$')
) partition by hash (source_id);
comment on table harvest.records is 'Each record as it came when its content last changed.';
comment on column harvest.records.content_hash is 'SHA-256 of the content, without what its kind calls volatile.';
comment on column harvest.records.dataset_id is 'The dataset it is; NULL until a walk closed that decides whether it is a known one with another key.';
comment on column harvest.records.rival_hash is
  'Other content that the last walk saw under the same key and that lost: to see it first again is no change.';
comment on column harvest.records.problem is 'Why its mapping failed; NULL if it did not. Its dataset stays as it was.';
comment on column harvest.records.waiting_run_id is
  'The incomplete walk that left it without a dataset, because it may be one that this walk did not see.';
comment on column harvest.records.missed is 'Complete walks in a row that did not see it.';
comment on column harvest.records.missed_run_id is 'The last complete walk that did not see it: who goes and returns is flapping.';

do $$
begin
  for place in 0 .. 7 loop
    execute format(
      'create table harvest.records_%1$s partition of harvest.records for values with (modulus 8, remainder %1$s);
       comment on table harvest.records_%1$s is %2$L', place, 'Records of an eighth of the sources.');
  end loop;
end;
$$;
insert into harvest.records (
  source_id, key, raw, content_hash, updated_at, dataset_id, rival_hash, problem, waiting_run_id, missed, missed_run_id, first_seen_at,
  changed_at)
select
  source_id, key, raw, content_hash, updated_at, dataset_id, rival_hash, problem, waiting_run_id, missed, missed_run_id, first_seen_at,
  changed_at
from harvest.records_whole;
drop table harvest.records_whole;
alter table harvest.records
  add constraint records_pkey primary key (source_id, key),
  add constraint records_source_fkey foreign key (source_id) references harvest.sources (id);
-- "Which records are new, and wait for the end of their walk?"
create index records_pending_idx on harvest.records (source_id, key) where dataset_id is null;
-- "Which keys came with two contents?" is asked at the end of a complete walk.
create index records_rival_idx on harvest.records (source_id) where rival_hash is not null;
-- "Which record is this dataset made of?"
create index records_dataset_idx on harvest.records (dataset_id);
-- "What has been missing, and how often?"
create index records_missed_idx on harvest.records (source_id, missed) where missed > 0;
