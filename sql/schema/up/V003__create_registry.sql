-- The registry: sources and assets as dropped index files list them.

create schema registry;
comment on schema registry is 'Sources and assets, seeded from index files.';

create table registry.sources (
  id           bigint generated always as identity,
  provider     text        not null,
  source_key   text        not null,
  name         text,
  url          text,
  raw          jsonb       not null,
  content_hash bytea,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  constraint sources_pkey primary key (id),
  constraint sources_one_key_per_provider unique (provider, source_key),
  constraint sources_keyed check (provider <> '' and source_key <> '')
);
comment on table registry.sources is 'Portals and other places that assets come from.';
comment on column registry.sources.source_key is 'What the provider calls it: for socrata the domain of the portal.';
comment on column registry.sources.raw is 'The record as it came; {} for a source that only its assets imply.';
comment on column registry.sources.content_hash is 'SHA-256 of the record''s bytes; NULL for a source that only its assets imply.';
comment on column registry.sources.updated_at is 'When this row was last written.';

-- "Is this very record held already?" is asked for every record of every file.
create index sources_content_hash_idx on registry.sources (content_hash);

create table registry.assets (
  id           bigint generated always as identity,
  asset_key    text        not null,
  source_id    bigint      not null,
  name         text,
  description  text,
  url          text,
  updated_at   timestamptz,
  raw          jsonb       not null,
  content_hash bytea       not null,
  constraint assets_pkey primary key (id),
  constraint assets_one_row_per_key unique (asset_key),
  constraint assets_source_fkey foreign key (source_id) references registry.sources (id),
  constraint assets_keyed check (asset_key <> '')
);
comment on table registry.assets is 'Datasets and other assets, each of one source.';
comment on column registry.assets.asset_key is 'What the provider calls it: for socrata the 4x4 id.';
comment on column registry.assets.updated_at is 'When the publisher last updated it, the latest moment any file said.';
comment on column registry.assets.raw is 'The record as it came, what is mapped and what is not.';
comment on column registry.assets.content_hash is 'SHA-256 of the record''s bytes: the same bytes need no second look.';

-- "Which assets does this source have?", and the foreign key when a source goes.
create index assets_source_idx on registry.assets (source_id);
-- "Is this very record held already?" is asked for every record of every file.
create index assets_content_hash_idx on registry.assets (content_hash);

create table registry.orphans (
  id       bigint generated always as identity,
  run_id   bigint not null,
  position text   not null,
  record   jsonb  not null,
  constraint orphans_pkey primary key (id),
  constraint orphans_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade
);
comment on table registry.orphans is 'Assets that came before their source; empty once their file is seeded.';

-- "Which assets of this file still wait for their source?"
create index orphans_run_idx on registry.orphans (run_id);
-- "Does one of this key wait still?" is asked for every record that is written.
create index orphans_key_idx on registry.orphans ((record ->> 'key'));

create table registry.files (
  sha256    text        not null,
  name      text        not null,
  path      text        not null,
  bytes     bigint      not null,
  seeded_at timestamptz not null default now(),
  run_id    bigint      not null,
  constraint files_pkey primary key (sha256),
  constraint files_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint files_run_fkey foreign key (run_id) references ops.runs (id)
);
comment on table registry.files is 'Index files that were seeded whole, known again by their content.';
comment on column registry.files.path is 'Where it lay when it was put away.';
