-- Official policy pages: what was fetched, what it said, what changed, who is told.

create schema policy;
comment on schema policy is 'Policy pages on a schedule: immutable versions, diffs, alerts.';

create function policy.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end;
$$;

create table policy.sources (
  id                      uuid         not null default gen_random_uuid(),
  country                 varchar(2)   not null,
  visa_type               varchar(50)  not null,
  url                     text         not null,
  name                    varchar(255) not null,
  fetch_type              varchar(10)  not null,
  check_frequency         varchar(10)  not null default 'daily',
  is_active               boolean      not null default true,
  metadata                jsonb        not null default '{}',
  host                    text         not null,
  last_checked_at         timestamptz,
  last_change_detected_at timestamptz,
  next_check_at           timestamptz  not null default now(),
  claimed_by              text,
  claimed_at              timestamptz,
  failures_in_a_row       integer      not null default 0,
  last_error_code         text,
  last_error              text,
  is_failure_told         boolean      not null default false,
  created_at              timestamptz  not null default now(),
  updated_at              timestamptz  not null default now(),
  constraint sources_pkey primary key (id),
  constraint sources_url_key unique (url, visa_type),
  constraint sources_fetch_type_known check (fetch_type in ('html', 'pdf')),
  constraint sources_check_frequency_known check (check_frequency in ('daily', 'weekly', 'custom')),
  constraint sources_custom_has_a_cron check (check_frequency <> 'custom' or metadata ? 'cron'),
  constraint sources_country_is_iso check (country ~ '^[A-Z]{2}$'),
  constraint sources_url_is_http check (url ~ '^https?://'),
  constraint sources_metadata_is_an_object check (jsonb_typeof(metadata) = 'object'),
  constraint sources_claimed_at_a_time check ((claimed_by is null) = (claimed_at is null)),
  constraint sources_failures_not_negative check (failures_in_a_row >= 0),
  constraint sources_failures_have_an_error check (failures_in_a_row = 0 or last_error_code is not null)
);
comment on table policy.sources is 'Pages that are watched.';
comment on column policy.sources.metadata is 'Rules of this page: content, drop, ignore, cron, zone.';
comment on column policy.sources.host is 'Host of the URL: of one host one page is fetched at a time.';
comment on column policy.sources.is_failure_told is 'Operators were told that it keeps failing, and are told when it recovers.';
-- "Which pages are about this country and visa?"
create index sources_country_idx on policy.sources (country, visa_type);
-- "Which pages are watched?"
create index sources_is_active_idx on policy.sources (is_active);
-- "Which pages have a rule like this?"
create index sources_metadata_idx on policy.sources using gin (metadata);
-- "Which pages are due?" is asked every tick.
create index sources_due_idx on policy.sources (next_check_at) where is_active;
create trigger update_sources_updated_at
  before update on policy.sources
  for each row execute function policy.update_updated_at_column();

create table policy.snapshots (
  sha256     text        not null,
  bytes      bigint      not null,
  body       bytea       not null,
  created_at timestamptz not null default now(),
  constraint snapshots_pkey primary key (sha256),
  constraint snapshots_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint snapshots_bytes_not_negative check (bytes >= 0)
);
comment on table policy.snapshots is 'What came over the wire, by content, gzip: to be normalised again when rules change.';
comment on column policy.snapshots.bytes is 'Before gzip.';

create table policy.fetches (
  id            bigint      generated always as identity,
  source_id     uuid        not null,
  run_id        bigint,
  fetched_at    timestamptz not null default now(),
  url           text        not null,
  final_url     text,
  redirects     jsonb       not null default '[]',
  status        integer,
  headers       jsonb       not null default '{}',
  snapshot      text,
  bytes         bigint,
  milliseconds  integer     not null,
  outcome       text        not null,
  cause         text,
  message       text,
  constraint fetches_pkey primary key (id),
  constraint fetches_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint fetches_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  constraint fetches_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint fetches_outcome_known check (outcome in
    ('baseline', 'unchanged', 'not-modified', 'candidate', 'changed', 'technical', 'held', 'refused', 'failed')),
  constraint fetches_failed_with_a_cause check (outcome not in ('failed', 'refused') or cause is not null),
  constraint fetches_counts_not_negative check (milliseconds >= 0 and coalesce(bytes, 0) >= 0)
);
comment on table policy.fetches is 'Every check of every page, whatever came of it.';
comment on column policy.fetches.headers is 'Of the answer, names in small letters.';
comment on column policy.fetches.cause is 'Code of what was wrong, such as soft-error or encrypted-pdf.';
-- "What came of the last checks of this page?", and the foreign key.
create index fetches_source_idx on policy.fetches (source_id, fetched_at desc);
-- Is a snapshot still referred to?
create index fetches_snapshot_idx on policy.fetches (snapshot);

create table policy.policy_versions (
  id                 uuid        not null default gen_random_uuid(),
  source_id          uuid        not null,
  sequence           integer     not null,
  content_hash       varchar(64) not null,
  raw_text           text        not null,
  links              jsonb       not null default '[]',
  links_hash         varchar(64) not null,
  snapshot           text        not null,
  normaliser_version text        not null,
  is_technical       boolean     not null default false,
  previous_hash      varchar(64),
  chain_hash         varchar(64) not null,
  fetched_at         timestamptz not null,
  normalized_at      timestamptz not null default now(),
  content_length     integer     not null,
  fetch_duration     integer     not null,
  created_at         timestamptz not null default now(),
  constraint policy_versions_pkey primary key (id),
  constraint policy_versions_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint policy_versions_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint policy_versions_one_per_sequence unique (source_id, sequence),
  constraint policy_versions_sequence_from_one check (sequence >= 1),
  constraint policy_versions_content_hash_length check (length(content_hash) = 64),
  constraint policy_versions_links_hash_length check (length(links_hash) = 64),
  constraint policy_versions_chain_hash_length check (length(chain_hash) = 64 and coalesce(length(previous_hash), 64) = 64),
  constraint policy_versions_first_has_no_previous check ((sequence = 1) = (previous_hash is null)),
  constraint policy_versions_has_text check (raw_text <> '' and content_length = length(raw_text)),
  constraint policy_versions_duration_not_negative check (fetch_duration >= 0)
);
comment on table policy.policy_versions is 'What a page said, for ever: no row is changed or deleted but with its source.';
comment on column policy.policy_versions.content_hash is 'SHA-256 of the text without what the rules leave out of it.';
comment on column policy.policy_versions.is_technical is 'The page did not change: the rules or the normaliser did. Nobody is told.';
comment on column policy.policy_versions.previous_hash is 'The chain_hash of the version before.';
comment on column policy.policy_versions.chain_hash is
  'SHA-256 over previous_hash, content_hash, the text, sequence and fetched_at: an altered version breaks the chain.';
comment on column policy.policy_versions.fetch_duration is 'Milliseconds.';
-- "The versions of this page", and the foreign key.
create index policy_versions_source_idx on policy.policy_versions (source_id);
-- "Did it say this before?"
create index policy_versions_content_hash_idx on policy.policy_versions (content_hash);
-- "What came last?"
create index policy_versions_fetched_at_idx on policy.policy_versions (fetched_at desc);
-- Is a snapshot still referred to?
create index policy_versions_snapshot_idx on policy.policy_versions (snapshot);

create table policy.candidates (
  source_id    uuid        not null,
  content_hash varchar(64) not null,
  snapshot     text        not null,
  seen_at      timestamptz not null default now(),
  confirm_at   timestamptz not null,
  constraint candidates_pkey primary key (source_id),
  constraint candidates_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint candidates_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint candidates_hash_length check (length(content_hash) = 64)
);
comment on table policy.candidates is 'A changed text that a second fetch has to confirm before it counts.';

create table policy.policy_changes (
  id             uuid        not null default gen_random_uuid(),
  source_id      uuid        not null,
  old_hash       varchar(64) not null,
  new_hash       varchar(64) not null,
  diff           text        not null,
  detected_at    timestamptz not null default now(),
  old_version_id uuid,
  new_version_id uuid        not null,
  diff_length    integer     not null,
  is_technical   boolean     not null default false,
  alert_sent_at  timestamptz,
  created_at     timestamptz not null default now(),
  constraint policy_changes_pkey primary key (id),
  constraint policy_changes_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint policy_changes_old_version_fkey foreign key (old_version_id) references policy.policy_versions (id) on delete set null,
  constraint policy_changes_new_version_fkey foreign key (new_version_id) references policy.policy_versions (id) on delete restrict,
  constraint policy_changes_one_per_version unique (new_version_id),
  constraint policy_changes_hash_lengths check (length(old_hash) = 64 and length(new_hash) = 64),
  constraint policy_changes_hashes_differ check (old_hash <> new_hash),
  constraint policy_changes_diff_length check (diff_length = length(diff))
);
comment on table policy.policy_changes is 'What changed between two versions, as a unified diff.';
comment on column policy.policy_changes.alert_sent_at is 'When the last of its alerts was out.';
-- "The changes of this page", and the foreign key.
create index policy_changes_source_idx on policy.policy_changes (source_id);
-- "What changed lately?"
create index policy_changes_detected_at_idx on policy.policy_changes (detected_at desc);

create table policy.route_subscriptions (
  id                  uuid         not null default gen_random_uuid(),
  org_id              uuid,
  origin_country      varchar(2),
  destination_country varchar(2),
  visa_type           varchar(50),
  email               varchar(255) not null,
  is_active           boolean      not null default false,
  token               uuid         not null default gen_random_uuid(),
  confirmed_at        timestamptz,
  created_at          timestamptz  not null default now(),
  updated_at          timestamptz  not null default now(),
  constraint route_subscriptions_pkey primary key (id),
  constraint route_subscriptions_token_key unique (token),
  constraint route_subscriptions_email_format check (email ~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+\.[^@[:space:]<>,;]+$'),
  constraint route_subscriptions_active_only_if_confirmed check (not is_active or confirmed_at is not null)
);
comment on table policy.route_subscriptions is 'Who wants to be told of which route; null is any.';
comment on column policy.route_subscriptions.token is 'What a link in a mail shows: to confirm, or to end it.';
comment on column policy.route_subscriptions.confirmed_at is 'When its owner confirmed it: until then nothing but the question is sent.';
-- One subscription a route and address; null is any route, and equals itself.
create unique index route_subscriptions_unique on policy.route_subscriptions
  (coalesce(origin_country, ''), coalesce(destination_country, ''), coalesce(visa_type, ''), lower(email));
-- "Who wants to be told of this route?"
create index route_subscriptions_route_idx on policy.route_subscriptions (origin_country, destination_country, visa_type);
create trigger update_route_subscriptions_updated_at
  before update on policy.route_subscriptions
  for each row execute function policy.update_updated_at_column();

create table policy.email_alerts (
  id              uuid        not null default gen_random_uuid(),
  change_id       uuid        not null,
  subscription_id uuid        not null,
  email           varchar(255) not null,
  status          varchar(20) not null default 'pending',
  message_id      text,
  claimed_by      text,
  claimed_at      timestamptz,
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  sent_at         timestamptz,
  created_at      timestamptz not null default now(),
  constraint email_alerts_pkey primary key (id),
  constraint email_alerts_change_fkey foreign key (change_id) references policy.policy_changes (id) on delete cascade,
  constraint email_alerts_subscription_fkey foreign key (subscription_id) references policy.route_subscriptions (id) on delete cascade,
  constraint email_alerts_unique unique (change_id, subscription_id),
  constraint email_alerts_status_known check (status in ('pending', 'sending', 'sent', 'failed', 'cancelled')),
  constraint email_alerts_sent_at_a_time check ((status = 'sent') = (sent_at is not null)),
  constraint email_alerts_sending_has_a_message check (status not in ('sending', 'sent') or message_id is not null)
);
comment on table policy.email_alerts is 'One change and one subscription: a line of a message that is sent once.';
comment on column policy.email_alerts.message_id is 'Of the message it goes out in, given before the first attempt: the same one whenever it is tried again.';
-- "What is to be sent?"
create index email_alerts_due_idx on policy.email_alerts (next_attempt_at) where status in ('pending', 'sending');
-- The foreign key.
create index email_alerts_subscription_idx on policy.email_alerts (subscription_id);

-- A version is for ever. The cascade from a deleted source is an operator's deliberate act: the source is gone by then.
create function policy.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and not exists (select from policy.sources where id = old.source_id) then
    return old;
  end if;
  raise exception 'A version of a policy is immutable: % is refused.', lower(tg_op) using errcode = 'restrict_violation';
end;
$$;
create trigger policy_versions_immutable
  before update or delete on policy.policy_versions
  for each row execute function policy.refuse_change();

create function policy.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'Versions of policies are immutable: truncate is refused.' using errcode = 'restrict_violation';
end;
$$;
create trigger policy_versions_not_truncated
  before truncate on policy.policy_versions
  for each statement execute function policy.refuse_truncate();
