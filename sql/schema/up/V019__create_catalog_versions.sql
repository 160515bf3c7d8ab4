-- Keeps every state that a dataset of the catalogue had before the one it has.

alter table catalog.socrata_datasets add column changed_at timestamptz not null default now();
comment on column catalog.socrata_datasets.changed_at is
  'Since when it is as it is: the state before it, if it is kept, ended then. Retired and restored count.';

-- Of what is held already, no state before this one is known: history begins here.
update catalog.socrata_datasets set changed_at = greatest(last_changed_at, retired_at);

create table catalog.versions (
  id             bigint      not null generated always as identity,
  region         text        not null,
  dataset_id     text        not null,
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
  constraint versions_pkey primary key (id),
  constraint versions_one_at_a_time unique (region, dataset_id, valid_from),
  constraint versions_last_a_while check (valid_from < valid_to),
  constraint versions_cause_is_known check (cause in ('changed', 'retired', 'restored', 'mapped', 'undone')),
  constraint versions_state_is_an_object check (jsonb_typeof(state) = 'object')
);
comment on table catalog.versions is 'The states that datasets had before the one they have. Rows are never changed.';
comment on column catalog.versions.run_id is 'The run that ended the state.';
comment on column catalog.versions.cause is
  'What ended it: changed, retired, restored; mapped: the same record read otherwise; undone: a run was taken back.';
comment on column catalog.versions.changed_fields is
  'What the next state has otherwise: columns of catalog.socrata_datasets, columns (those of the data), or a path in raw.';
comment on column catalog.versions.is_noise is 'Nothing but moments of modification changed, or how a record is read: no news.';
comment on column catalog.versions.was_retired is 'The dataset was retired while this state was valid.';
comment on column catalog.versions.state is 'The columns of catalog.socrata_datasets, without raw.';
comment on column catalog.versions.raw is 'The record of that state; NULL if the next state has the same one.';

-- "What did this run change?"
create index versions_run_idx on catalog.versions (run_id);
-- "What ended since?", and "what may be forgotten?"
create index versions_valid_to_idx on catalog.versions (valid_to);
