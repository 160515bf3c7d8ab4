-- Portals of any kind: sources, the records they serve, the datasets made of them, and every state these ever had.

create schema harvest;
comment on schema harvest is 'Datasets of portals of any kind, with proof, identity and history.';

-- ---- what is walked ----

create table harvest.kinds (
  name        text        not null,
  hash        text        not null,
  declaration jsonb       not null,
  mapping     text        not null,
  query       text        not null,
  loaded_at   timestamptz not null default now(),
  constraint kinds_pkey primary key (name),
  constraint kinds_name_is_a_word check (name ~ '^[a-z0-9][a-z0-9-]*$'),
  constraint kinds_hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$')
);
comment on table harvest.kinds is 'The kinds as they were last read from kinds/*.kind.yaml and kinds/*.sql.';
comment on column harvest.kinds.hash is 'SHA-256 of the mapping: datasets made by another one are to be mapped again.';
comment on column harvest.kinds.mapping is 'The select of kinds/<kind>.sql as it was written.';
comment on column harvest.kinds.query is 'The mapping with every column of harvest.mapping, in its order, over keys ($1) and raws ($2).';

create table harvest.hosts (
  host            text        not null,
  next_request_at timestamptz not null default '-infinity',
  constraint hosts_pkey primary key (host),
  constraint hosts_lower_case check (host = lower(host) and host <> '')
);
comment on table harvest.hosts is 'Whose turn is when: one budget a host, over all sources and processes.';

create table harvest.sources (
  id            bigint      not null generated always as identity,
  name          text        not null,
  kind          text        not null,
  url           text        not null,
  host          text        not null,
  title         text,
  country       text,
  language      text,
  options       jsonb       not null default '{}',
  secret        text,
  schedule      text,
  is_active     boolean     not null default true,
  health        text        not null default 'never',
  health_reason text,
  failures      integer     not null default 0,
  due_at        timestamptz not null default now(),
  claimed_by    text,
  kind_hash     text,
  created_at    timestamptz not null default now(),
  removed_at    timestamptz,
  constraint sources_pkey primary key (id),
  constraint sources_name_is_a_word check (name ~ '^[a-z0-9][a-z0-9._-]*$' and length(name) <= 100),
  constraint sources_host_lower_case check (host = lower(host) and host <> ''),
  constraint sources_country_is_iso_3166 check (country ~ '^[A-Z]{2}$'),
  constraint sources_options_is_an_object check (jsonb_typeof(options) = 'object'),
  constraint sources_health_is_known check (health in ('ok', 'failing', 'partial', 'flapping', 'dead', 'never')),
  constraint sources_removed_is_not_active check (removed_at is null or not is_active)
);
comment on table harvest.sources is 'Portals to be walked. A row is all it takes to have one more.';
comment on column harvest.sources.kind is 'How it is walked: kinds/<kind>.kind.yaml.';
comment on column harvest.sources.host is 'Whose budget its requests take from.';
comment on column harvest.sources.options is 'What the placeholders {option.…} of its kind stand for.';
comment on column harvest.sources.secret is 'Name of the environment variable that holds its secret; the secret itself is nowhere here.';
comment on column harvest.sources.schedule is 'Quartz cron in UTC; NULL for that of its kind.';
comment on column harvest.sources.health is 'ok; failing: the last walks failed; partial: not proven complete; flapping: records go and return; dead: failed for long; never walked.';
comment on column harvest.sources.failures is 'Failed walks in a row.';
comment on column harvest.sources.due_at is 'When it is walked next.';
comment on column harvest.sources.claimed_by is 'The worker that walks it: its claim holds while that is alive.';
comment on column harvest.sources.kind_hash is 'Mapping of its datasets; another than that of its kind: to be mapped again.';

-- "Is there a source of this name?" A removed one keeps its history, and leaves its name.
create unique index sources_name_idx on harvest.sources (name) where removed_at is null;
-- "Which source is due next?"
create index sources_due_idx on harvest.sources (due_at) where is_active;
-- "What is being walked, and by whom?"
create index sources_claimed_idx on harvest.sources (claimed_by, host) where claimed_by is not null;
-- "Which sources are on this host?"
create index sources_host_idx on harvest.sources (host);
-- "Is this portal held under another name?" is asked of each that is added.
create index sources_url_idx on harvest.sources (url);

-- ---- what came ----

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
  constraint records_pkey primary key (source_id, key),
  constraint records_source_fkey foreign key (source_id) references harvest.sources (id),
  constraint records_hash_is_sha256 check (content_hash ~ '^[0-9a-f]{64}$')
);
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

-- "Which records are new, and wait for the end of their walk?"
create index records_pending_idx on harvest.records (source_id, key) where dataset_id is null;
-- "Which keys came with two contents?" is asked at the end of a complete walk.
create index records_rival_idx on harvest.records (source_id) where rival_hash is not null;
-- "Which record is this dataset made of?"
create index records_dataset_idx on harvest.records (dataset_id);
-- "What has been missing, and how often?"
create index records_missed_idx on harvest.records (source_id, missed) where missed > 0;

create table harvest.sightings (
  source_id    bigint      not null,
  key          text        not null,
  content_hash text        not null,
  run_id       bigint      not null,
  place        bigint      not null,
  duplicates   integer     not null default 0,
  conflicts    integer     not null default 0,
  seen_at      timestamptz not null,
  constraint sightings_pkey primary key (source_id, key)
) with (fillfactor = 50); -- room for the next walk's row on the same page: no index entry is written again
comment on table harvest.sightings is 'When a walk last saw a key, also of a record that it then rejected.';
comment on column harvest.sightings.content_hash is 'SHA-256 of what was seen; empty if it was rejected.';
comment on column harvest.sightings.place is
  'Its row in the walk, from 1: the same key at another place is a duplicate. 0 if it was rejected.';
comment on column harvest.sightings.duplicates is 'How often the walk saw the same once more.';
comment on column harvest.sightings.conflicts is 'How often the walk saw the key with other content.';

create table harvest.walks (
  run_id        bigint      not null,
  source_id     bigint      not null,
  begun_at      timestamptz not null,
  first_total   bigint,
  last_total    bigint,
  rows          bigint      not null,
  keys          bigint      not null,
  duplicates    bigint      not null,
  conflicts     bigint      not null,
  repeated      bigint      not null,
  shrunk        bigint      not null,
  skipped       bigint      not null,
  ended_by      text,
  is_complete   boolean     not null,
  reason        text,
  constraint walks_pkey primary key (run_id),
  constraint walks_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade,
  constraint walks_source_fkey foreign key (source_id) references harvest.sources (id),
  constraint walks_incomplete_with_reason check (is_complete or reason is not null)
);
comment on table harvest.walks is 'What each walk proved: what was announced, what came, and whether that is all there is.';
comment on column harvest.walks.begun_at is 'When the first run of the chain that it goes on with began.';
comment on column harvest.walks.first_total is 'What the first page announced; NULL if nothing.';
comment on column harvest.walks.rows is 'Raw rows that came, before anything was dropped, of the whole chain.';
comment on column harvest.walks.keys is 'Distinct keys among them.';
comment on column harvest.walks.duplicates is 'Rows whose key had come before, at another place, with the same content.';
comment on column harvest.walks.conflicts is 'Rows whose key had come before with other content: in ops.rejects as conflicting-duplicate.';
comment on column harvest.walks.repeated is 'Pages that came twice.';
comment on column harvest.walks.shrunk is 'How often the page was made smaller.';
comment on column harvest.walks.skipped is 'Records that not even a page of the smallest size brought.';
comment on column harvest.walks.ended_by is 'empty-page, no-next, total, end-of-document; NULL if the end was not reached.';
comment on column harvest.walks.reason is 'Why it is not complete, or what has to be known although it is.';

-- "What did the walks of this source prove?"
create index walks_source_idx on harvest.walks (source_id, run_id desc);

-- ---- what it means ----

create type harvest.mapping as (
  record_type    text,
  title          text,
  description    text,
  issued_at      timestamptz,
  issued         text,
  modified_at    timestamptz,
  modified       text,
  publisher      text,
  publisher_uri  text,
  contact        text,
  license        text,
  license_uri    text,
  access_level   text,
  themes         text[],
  keywords       text[],
  spatial        text,
  bbox           double precision[],
  temporal       text,
  temporal_from  date,
  temporal_to    date,
  languages      text[],
  landing_page   text,
  harvested_from text,
  harvested_key  text,
  persistent_ids text[],
  platform_id    text,
  service_urls   text[],
  extras         jsonb,
  distributions  jsonb
);
comment on type harvest.mapping is 'What the mapping of a kind says of a record; columns that it does not name are NULL.';
comment on column harvest.mapping.record_type is 'dataset, series, service or record.';
comment on column harvest.mapping.issued is 'As it came.';
comment on column harvest.mapping.modified is 'As it came: it may be a repetition such as R/P1Y.';
comment on column harvest.mapping.bbox is 'West, south, east, north in degrees of WGS 84.';
comment on column harvest.mapping.languages is 'BCP 47 tags.';
comment on column harvest.mapping.platform_id is 'The id that the platform gave it, where it is part of its key or addresses: an item id, a 4x4, a UUID.';
comment on column harvest.mapping.service_urls is 'Addresses of the services it is served by, normalised and sorted: what it is known by when its key changes.';
comment on column harvest.mapping.distributions is '[{title, format, media_type, access_url, download_url, bytes, license}], in their order.';

create type harvest.target as (
  dataset_id   uuid,
  key          text,
  raw          jsonb,
  content_hash text,
  updated_at   timestamptz,
  is_retired   boolean
);
comment on type harvest.target is 'What a dataset is to be: harvest.change_datasets makes it so, and keeps what it was.';
comment on column harvest.target.key is 'The key that it is to have; NULL to leave it as it is.';
comment on column harvest.target.raw is 'The record it is to be made of; NULL to leave it as it is.';

create table harvest.datasets (
  id              uuid        not null default gen_random_uuid(),
  source_id       bigint      not null,
  key             text        not null,
  record_type     text        not null default 'dataset',
  title           text,
  description     text,
  issued_at       timestamptz,
  issued          text,
  modified_at     timestamptz,
  modified        text,
  publisher       text,
  publisher_uri   text,
  contact         text,
  license         text,
  license_uri     text,
  access_level    text,
  themes          text[]      not null default '{}',
  keywords        text[]      not null default '{}',
  spatial         text,
  bbox            double precision[],
  temporal        text,
  temporal_from   date,
  temporal_to     date,
  languages       text[]      not null default '{}',
  landing_page    text,
  harvested_from  text,
  harvested_key   text,
  persistent_ids  text[]      not null default '{}',
  platform_id     text,
  service_urls    text[]      not null default '{}',
  extras          jsonb,
  content_hash    text        not null,
  first_seen_at   timestamptz not null,
  changed_at      timestamptz not null,
  last_changed_at timestamptz not null,
  retired_at      timestamptz,
  retired_reason  text,
  retired_run_id  bigint,
  constraint datasets_pkey primary key (id),
  constraint datasets_one_of_a_key unique (source_id, key),
  constraint datasets_source_fkey foreign key (source_id) references harvest.sources (id),
  constraint datasets_retired_with_reason
    check ((retired_at is null) = (retired_reason is null) and (retired_at is null) = (retired_run_id is null)),
  constraint datasets_changed_after_first_seen check (first_seen_at <= last_changed_at and last_changed_at <= changed_at)
);
comment on table harvest.datasets is 'The datasets of all sources of all kinds, the retired ones too.';
comment on column harvest.datasets.id is 'Ours: it survives a change of the key.';
comment on column harvest.datasets.key is 'The key that the source gives it now.';
comment on column harvest.datasets.changed_at is 'Since when it is as it is: the state before it ended then. Retired and restored count.';
comment on column harvest.datasets.last_changed_at is 'When its content last changed for the reader; noise and a new mapping do not count.';

-- "What changed lately?"
create index datasets_changed_idx on harvest.datasets (last_changed_at desc);
-- "What appeared lately?"
create index datasets_first_seen_idx on harvest.datasets (first_seen_at desc);
-- "Which dataset has this id, on whichever portal?"
create index datasets_platform_id_idx on harvest.datasets (platform_id) where platform_id is not null;
-- "Which datasets have this DOI?"
create index datasets_persistent_ids_idx on harvest.datasets using gin (persistent_ids);

create table harvest.distributions (
  dataset_id   uuid    not null,
  position     integer not null,
  title        text,
  format       text,
  media_type   text,
  access_url   text,
  download_url text,
  bytes        bigint,
  license      text,
  constraint distributions_pkey primary key (dataset_id, position),
  constraint distributions_dataset_fkey foreign key (dataset_id) references harvest.datasets (id) on delete cascade
);
comment on table harvest.distributions is 'The forms in which a dataset is to be had.';
comment on column harvest.distributions.format is 'As it came, in lower case.';

-- "Which datasets are there as CSV?"
create index distributions_format_idx on harvest.distributions (format);

-- ---- what it was ----

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
  constraint versions_pkey primary key (id),
  constraint versions_one_at_a_time unique (dataset_id, valid_from),
  constraint versions_last_a_while check (valid_from < valid_to),
  constraint versions_cause_is_known
    check (cause in ('changed', 'retired', 'restored', 'renamed', 'mapped', 'undone'))
);
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

create table harvest.renames (
  id         bigint      not null generated always as identity,
  source_id  bigint      not null,
  dataset_id uuid        not null,
  old_key    text        not null,
  new_key    text        not null,
  rule       text        not null,
  run_id     bigint      not null,
  renamed_at timestamptz not null,
  undone_at  timestamptz,
  undone_run_id bigint,
  constraint renames_pkey primary key (id),
  constraint renames_rule_is_known check (rule in ('normal-key', 'platform-id', 'service-urls', 'title-issued', 'hand')),
  constraint renames_undone_by_a_run check ((undone_at is null) = (undone_run_id is null))
);
comment on table harvest.renames is 'Datasets whose source gave them another key: they kept their id and their history.';
comment on column harvest.renames.rule is 'What the old and the new record have in common, and no other two.';

-- "Which key did it have before?"
create index renames_dataset_idx on harvest.renames (dataset_id);
-- "What did this run rename?"
create index renames_source_idx on harvest.renames (source_id, run_id);

create table harvest.ambiguities (
  run_id    bigint not null,
  source_id bigint not null,
  rule      text   not null,
  value     text   not null,
  old_keys  text[] not null,
  new_keys  text[] not null,
  constraint ambiguities_pkey primary key (run_id, rule, value)
);
comment on table harvest.ambiguities is 'Keys that went and keys that came with the same hint, several of either: nothing was joined.';

create table harvest.copies (
  dataset_id uuid        not null,
  copy_id    uuid        not null,
  rule       text        not null,
  value      text        not null,
  found_at   timestamptz not null,
  constraint copies_pkey primary key (dataset_id, copy_id, rule),
  constraint copies_dataset_fkey foreign key (dataset_id) references harvest.datasets (id) on delete cascade,
  constraint copies_copy_fkey foreign key (copy_id) references harvest.datasets (id) on delete cascade,
  constraint copies_once check (dataset_id < copy_id),
  constraint copies_rule_is_known
    check (rule in ('persistent-id', '4x4', 'item-id', 'landing-page', 'url-set'))
);
comment on table harvest.copies is 'Datasets of different sources that are the same one, with what says so. Nothing is merged away.';

-- "Which copies has it?", from either side.
create index copies_copy_idx on harvest.copies (copy_id);

create table harvest.retirements (
  id         bigint      not null generated always as identity,
  source_id  bigint      not null,
  run_id     bigint      not null,
  keys       text[]      not null,
  held       bigint      not null,
  reason     text        not null,
  held_back_at timestamptz not null,
  decision   text,
  decided_at timestamptz,
  decided_run_id bigint,
  constraint retirements_pkey primary key (id),
  constraint retirements_source_fkey foreign key (source_id) references harvest.sources (id),
  constraint retirements_decision_is_known check (decision in ('confirmed', 'dismissed', 'superseded')),
  constraint retirements_decided_at_a_time check ((decision is null) = (decided_at is null))
);
comment on table harvest.retirements is 'What would have been retired and was held back: a person confirms or dismisses it.';

-- "What waits for a decision?"
create unique index retirements_open_idx on harvest.retirements (source_id) where decision is null;

create table harvest.changes (
  id         bigint      not null generated always as identity,
  number     bigint,
  dataset_id uuid        not null,
  source_id  bigint      not null,
  change     text        not null,
  fields     text[]      not null default '{}',
  run_id     bigint      not null,
  changed_at timestamptz not null,
  constraint changes_pkey primary key (id),
  constraint changes_number_once unique (number),
  constraint changes_change_is_known check (change in ('added', 'changed', 'retired', 'restored', 'renamed', 'undone'))
);
comment on table harvest.changes is 'Every change that counts, in the order of their numbers.';
comment on column harvest.changes.number is
  'Given by one publisher after the commit: who asks for what came after the last number it knows misses nothing. NULL: not yet.';

-- "What has no number yet?"
create index changes_unnumbered_idx on harvest.changes (id) where number is null;
-- "What happened to this dataset?"
create index changes_dataset_idx on harvest.changes (dataset_id);
-- "What did this run do?"
create index changes_run_idx on harvest.changes (run_id);

-- ---- plans ----

create table harvest.plans (
  id         uuid        not null default gen_random_uuid(),
  source_id  bigint      not null,
  run_id     bigint      not null,
  hash       text        not null,
  base       text        not null,
  created_at timestamptz not null,
  applied_run_id bigint,
  walk       jsonb,
  constraint plans_pkey primary key (id),
  constraint plans_source_fkey foreign key (source_id) references harvest.sources (id)
);
comment on table harvest.plans is 'Walks whose outcome was shown and not yet written.';
comment on column harvest.plans.base is 'What the source held when it was planned: if that moved, the plan is refused.';
comment on column harvest.plans.walk is 'What its walk proved, as harvest.walks keeps it; null: it was not complete, and the plan cannot be applied.';

create table harvest.planned_records (
  plan_id      uuid   not null,
  key          text   not null,
  place        bigint not null,
  content_hash text   not null,
  updated_at   timestamptz,
  raw          jsonb,
  constraint planned_records_pkey primary key (plan_id, key),
  constraint planned_records_plan_fkey foreign key (plan_id) references harvest.plans (id) on delete cascade
);
comment on table harvest.planned_records is 'What the walk of a plan saw; without raw where nothing is to be written.';
