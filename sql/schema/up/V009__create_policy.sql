-- Official policy pages: what was fetched, what it said, what changed, who is told.

create schema policy;
comment on schema policy is 'Policy pages on a schedule: immutable versions, diffs, alerts.';

create function policy.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end;
$$;

create table policy.hosts (
  host              text        not null,
  claimed_by        text,
  heartbeat_at      timestamptz,
  next_request_at   timestamptz not null default now(),
  robots_fetched_at timestamptz,
  robots_status     integer,
  robots_url        text,
  robots_type       text,
  robots            bytea,
  constraint hosts_pkey primary key (host),
  constraint hosts_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null)),
  constraint hosts_robots_with_a_status check ((robots_fetched_at is null) = (robots_status is null))
);
comment on table policy.hosts is 'Servers that are asked, one request at a time over all processes.';
comment on column policy.hosts.host is 'With its port, unless it is the usual one.';
comment on column policy.hosts.next_request_at is 'Not asked before: the polite gap, or what its Retry-After said.';
comment on column policy.hosts.robots_status is 'HTTP status of the answer for robots.txt; 0 if there was none.';
-- "Which are claimed by this process, which by one that died?" is asked every ten seconds.
create index hosts_claimed_idx on policy.hosts (heartbeat_at) where claimed_by is not null;

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
  host                    text         not null generated always as (coalesce(lower(substring(url from '^https?://([^/?#]+)')), '')) stored,
  last_checked_at         timestamptz,
  last_change_detected_at timestamptz,
  next_check_at           timestamptz  not null default now(),
  claimed_by              text,
  heartbeat_at            timestamptz,
  etag                    text,
  last_modified           text,
  normaliser_version      text,
  moved_to                text,
  failures_in_a_row       integer      not null default 0,
  last_error_code         text,
  last_error              text,
  is_failure_told         boolean      not null default false,
  created_at              timestamptz  not null default now(),
  updated_at              timestamptz  not null default now(),
  constraint sources_pkey primary key (id),
  constraint sources_name_key unique (name),
  constraint sources_url_key unique (url, country, visa_type) deferrable,
  constraint sources_fetch_type_known check (fetch_type in ('html', 'pdf')),
  constraint sources_check_frequency_known check (check_frequency in ('daily', 'weekly', 'custom')),
  constraint sources_custom_has_a_cron check (check_frequency <> 'custom' or metadata ? 'cron'),
  constraint sources_country_is_iso check (country ~ '^[A-Z]{2}$'),
  constraint sources_url_is_http check (url ~ '^https?://[^/?#]'),
  constraint sources_name_not_blank check (btrim(name) <> ''),
  constraint sources_visa_type_not_blank check (btrim(visa_type) <> ''),
  constraint sources_metadata_is_an_object check (jsonb_typeof(metadata) = 'object'),
  constraint sources_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null)),
  constraint sources_failures_not_negative check (failures_in_a_row >= 0),
  constraint sources_failures_have_an_error check ((failures_in_a_row = 0) = (last_error_code is null))
);
comment on table policy.sources is 'Pages that are watched.';
-- Deferrable: two sources may change places in one import, and the key is looked at when both have.
comment on column policy.sources.name is 'What people call it, and what an import knows it by: its address may change.';
comment on column policy.sources.metadata is 'Of this page: rules (content, drop, ignore, minimum_share), cron, zone, origin.';
comment on column policy.sources.etag is 'The server''s own validator of what the last version was made of; null after an error.';
comment on column policy.sources.last_modified is 'The same; sent back as the server wrote it.';
comment on column policy.sources.normaliser_version is
  'Under which the hash of the last version was found; another one makes its text anew before it is compared.';
comment on column policy.sources.moved_to is 'Where the server says the page is now, for good (301, 308).';
comment on column policy.sources.is_failure_told is 'Operators were told that it keeps failing, and are told when it recovers.';
-- "Which pages are about this country and visa?"
create index sources_country_idx on policy.sources (country, visa_type);
-- "Which pages are watched?"
create index sources_is_active_idx on policy.sources (is_active);
-- "Which pages have a rule like this?"
create index sources_metadata_idx on policy.sources using gin (metadata);
-- "Which pages are due?" is asked every tick.
create index sources_due_idx on policy.sources (next_check_at) where is_active;
-- "Which are claimed by this process, which by one that died?" is asked every ten seconds.
create index sources_claimed_idx on policy.sources (heartbeat_at) where claimed_by is not null;
create trigger update_sources_updated_at
  before update of country, visa_type, url, name, fetch_type, check_frequency, is_active, metadata on policy.sources
  for each row execute function policy.update_updated_at_column();

create function policy.insert_host() returns trigger language plpgsql as $$
begin
  insert into policy.hosts (host) values (new.host) on conflict do nothing;
  return null;
end;
$$;
create trigger insert_host
  after insert or update of url on policy.sources
  for each row execute function policy.insert_host();

create table policy.snapshots (
  sha256     varchar(64) not null,
  bytes      bigint      not null,
  body       bytea       not null,
  created_at timestamptz not null default now(),
  constraint snapshots_pkey primary key (sha256),
  constraint snapshots_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint snapshots_bytes_are_those_of_the_body check (bytes = length(body))
);
comment on table policy.snapshots is 'What servers sent, by content: to be made into text again when rules change.';

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
  constraint fetches_pkey primary key (id),
  constraint fetches_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint fetches_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  constraint fetches_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint fetches_outcome_known check (outcome in
    ('baseline', 'unchanged', 'not_modified', 'candidate', 'held', 'changed', 'failed')),
  constraint fetches_failed_with_a_cause check (outcome not in ('failed', 'held') or (cause is not null and message is not null)),
  constraint fetches_text_has_a_snapshot check (outcome not in ('baseline', 'candidate', 'held', 'changed') or bytes is not null),
  constraint fetches_counts_not_negative check (milliseconds >= 0 and coalesce(bytes, 0) >= 0)
);
comment on table policy.fetches is 'Every check of every page, whatever came of it.';
comment on column policy.fetches.final_url is 'Which answered, after redirects.';
comment on column policy.fetches.redirects is 'On the way there: status and address of each.';
comment on column policy.fetches.status is 'HTTP status; null if there was no answer.';
comment on column policy.fetches.headers is 'Of the answer, names in small letters.';
comment on column policy.fetches.snapshot is 'What came; null if nothing did, or once it is old and no version was made of it.';
comment on column policy.fetches.cause is 'Code of what was wrong, such as soft_error or encrypted.';
comment on column policy.fetches.links_hash is 'SHA-256 of where the page led to: links may change while the text stays.';
-- "What came of the last checks of this page?", and the foreign key.
create index fetches_source_idx on policy.fetches (source_id, fetched_at desc);
-- Is a snapshot still referred to?
create index fetches_snapshot_idx on policy.fetches (snapshot);
-- The foreign key.
create index fetches_run_idx on policy.fetches (run_id);

create function policy.chain_hash(
  previous_hash text, content_hash text, content text, sequence integer, fetched_at timestamptz) returns varchar(64)
language sql immutable parallel safe as $$
  select encode(sha256(convert_to(concat_ws(E'\n',
    coalesce(previous_hash, ''), content_hash, sequence, (extract(epoch from fetched_at) * 1000000)::bigint, content), 'UTF8')), 'hex');
$$;
comment on function policy.chain_hash is
  'SHA-256 over a version and the chain_hash of the one before, each on a line; the moment in microseconds since 1970.';

create table policy.policy_versions (
  id                 uuid        not null default gen_random_uuid(),
  source_id          uuid        not null,
  sequence           integer     not null,
  content_hash       varchar(64) not null,
  raw_text           text        not null,
  links              jsonb       not null default '[]',
  links_hash         varchar(64) not null,
  snapshot           varchar(64) not null,
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
comment on column policy.policy_versions.chain_hash is 'Made by policy.chain_hash: an altered version breaks the chain.';
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
  snapshot     varchar(64) not null,
  reason       varchar(20) not null,
  seen_at      timestamptz not null default now(),
  confirm_at   timestamptz not null,
  sightings    integer     not null default 1,
  constraint candidates_pkey primary key (source_id),
  constraint candidates_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint candidates_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict,
  constraint candidates_hash_length check (length(content_hash) = 64),
  constraint candidates_reason_known check (reason in ('changed', 'shrunk', 'flapping', 'unsteady')),
  constraint candidates_confirmed_later check (confirm_at >= seen_at),
  constraint candidates_sightings_from_one check (sightings >= 1)
);
comment on table policy.candidates is 'A changed text that a later fetch has to confirm before it counts.';
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says something else.';
comment on column policy.candidates.sightings is 'Texts in a row, each another than the one before and than the last version.';
-- Is a snapshot still referred to?
create index candidates_snapshot_idx on policy.candidates (snapshot);

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
  run_id         bigint,
  alert_sent_at  timestamptz,
  created_at     timestamptz not null default now(),
  constraint policy_changes_pkey primary key (id),
  constraint policy_changes_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint policy_changes_old_version_fkey foreign key (old_version_id) references policy.policy_versions (id) on delete set null,
  constraint policy_changes_new_version_fkey foreign key (new_version_id) references policy.policy_versions (id) on delete restrict,
  constraint policy_changes_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  constraint policy_changes_one_per_version unique (new_version_id),
  constraint policy_changes_hash_lengths check (length(old_hash) = 64 and length(new_hash) = 64),
  constraint policy_changes_hashes_differ check (old_hash <> new_hash),
  constraint policy_changes_diff_length check (diff_length = length(diff))
);
comment on table policy.policy_changes is 'What changed between two versions, as a unified diff.';
comment on column policy.policy_changes.run_id is 'Which found it: its alerts go out in one message when the run is over.';
comment on column policy.policy_changes.alert_sent_at is 'When the last of its alerts was out; null if nobody was to be told.';
-- "The changes of this page", and the foreign key.
create index policy_changes_source_idx on policy.policy_changes (source_id);
-- "What changed lately?"
create index policy_changes_detected_at_idx on policy.policy_changes (detected_at desc);
-- The foreign key.
create index policy_changes_old_version_idx on policy.policy_changes (old_version_id);
-- The foreign key.
create index policy_changes_run_idx on policy.policy_changes (run_id);

create table policy.route_subscriptions (
  id                  uuid         not null default gen_random_uuid(),
  org_id              uuid,
  origin_country      varchar(2),
  destination_country varchar(2),
  visa_type           varchar(50),
  email               varchar(255) not null,
  is_active           boolean      not null default false,
  token               uuid         not null default gen_random_uuid(),
  asked_at            timestamptz,
  confirmed_at        timestamptz,
  ended_at            timestamptz,
  created_at          timestamptz  not null default now(),
  updated_at          timestamptz  not null default now(),
  constraint route_subscriptions_pkey primary key (id),
  constraint route_subscriptions_token_key unique (token),
  constraint route_subscriptions_email_format check (email ~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+\.[^@[:space:]<>,;]+$'),
  constraint route_subscriptions_countries_are_iso check (
    coalesce(origin_country, 'GB') ~ '^[A-Z]{2}$' and coalesce(destination_country, 'GB') ~ '^[A-Z]{2}$'),
  constraint route_subscriptions_active_only_if_confirmed check (not is_active or confirmed_at is not null),
  constraint route_subscriptions_ended_is_not_active check (not is_active or ended_at is null)
);
comment on table policy.route_subscriptions is 'Who wants to be told of which route; null is any.';
comment on column policy.route_subscriptions.token is 'What a link in a mail shows: to confirm, or to end it.';
comment on column policy.route_subscriptions.asked_at is 'When the question was made that its owner confirms; null: it is to be made.';
comment on column policy.route_subscriptions.ended_at is 'When its owner or an operator ended it.';
comment on column policy.route_subscriptions.confirmed_at is 'When its owner confirmed it: until then nothing but the question is sent.';
-- One subscription a route and address; null is any route, and equals itself.
create unique index route_subscriptions_unique on policy.route_subscriptions
  (coalesce(origin_country, ''), coalesce(destination_country, ''), coalesce(visa_type, ''), lower(email));
-- "Who wants to be told of this route?"
create index route_subscriptions_route_idx on policy.route_subscriptions (origin_country, destination_country, visa_type);
create trigger update_route_subscriptions_updated_at
  before update on policy.route_subscriptions
  for each row execute function policy.update_updated_at_column();

create function policy.matching_subscriptions(country text, origin text, visa_type text)
returns table (subscription_id uuid) language sql stable as $$
  select s.id
  from policy.route_subscriptions s
  where s.is_active
    and (s.destination_country is null or s.destination_country = upper($1))
    and (s.origin_country is null or $2 is null or s.origin_country = upper($2))
    and (s.visa_type is null or lower(s.visa_type) = lower($3));
$$;
comment on function policy.matching_subscriptions is
  'Who is told of a change: the country of a source is the destination; one that names no origin is about all of them.';

create table policy.messages (
  id              uuid        not null default gen_random_uuid(),
  kind            varchar(20) not null,
  recipient       text        not null,
  subscription_id uuid,
  message_id      text        not null,
  status          varchar(20) not null default 'pending',
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null default now(),
  claimed_by      text,
  heartbeat_at    timestamptz,
  last_error      text,
  sent_at         timestamptz,
  created_at      timestamptz not null default now(),
  constraint messages_pkey primary key (id),
  constraint messages_message_id_key unique (message_id),
  constraint messages_subscription_fkey foreign key (subscription_id) references policy.route_subscriptions (id) on delete cascade,
  constraint messages_kind_known check (kind in ('alerts', 'confirmation', 'operators')),
  constraint messages_confirmation_of_a_subscription check ((kind = 'confirmation') = (subscription_id is not null)),
  constraint messages_status_known check (status in ('pending', 'sending', 'sent', 'failed', 'cancelled')),
  constraint messages_sending_is_claimed check ((status = 'sending') = (claimed_by is not null)),
  constraint messages_claimed_with_a_heartbeat check ((claimed_by is null) = (heartbeat_at is null)),
  constraint messages_sent_at_a_time check ((status = 'sent') = (sent_at is not null)),
  constraint messages_failed_with_an_error check (status <> 'failed' or last_error is not null),
  constraint messages_attempts_not_negative check (attempts >= 0)
);
comment on table policy.messages is 'Mails: what is to be sent, and what was.';
comment on column policy.messages.recipient is 'An address; for operators all of theirs, with commas between.';
comment on column policy.messages.status is 'cancelled: there was nothing left to say when it could have been sent.';
comment on column policy.messages.message_id is
  'Given before the first attempt, without its angle brackets: the same one whenever it is tried again.';
-- "What is to be sent?" is asked every tick.
create index messages_due_idx on policy.messages (next_attempt_at) where status in ('pending', 'sending');
-- The foreign key.
create index messages_subscription_idx on policy.messages (subscription_id);

create table policy.email_alerts (
  id              uuid        not null default gen_random_uuid(),
  change_id       uuid        not null,
  subscription_id uuid        not null,
  message_id      uuid,
  status          varchar(20) not null default 'pending',
  sent_at         timestamptz,
  created_at      timestamptz not null default now(),
  constraint email_alerts_pkey primary key (id),
  constraint email_alerts_change_fkey foreign key (change_id) references policy.policy_changes (id) on delete cascade,
  constraint email_alerts_subscription_fkey foreign key (subscription_id) references policy.route_subscriptions (id) on delete cascade,
  constraint email_alerts_message_fkey foreign key (message_id) references policy.messages (id) on delete restrict,
  constraint email_alerts_unique unique (change_id, subscription_id),
  constraint email_alerts_status_known check (status in ('pending', 'sent', 'failed', 'cancelled')),
  constraint email_alerts_sent_in_a_message check (status not in ('sent', 'failed') or message_id is not null),
  constraint email_alerts_sent_at_a_time check ((status = 'sent') = (sent_at is not null))
);
-- Two messages that are sent at once are the last of a change together: whoever comes second finds the first one's alerts out.
create function policy.settle_changes() returns trigger language plpgsql as $$
begin
  perform from policy.policy_changes c
  where c.alert_sent_at is null and c.id in (select s.change_id from settled s where s.status in ('sent', 'cancelled'))
  order by c.id
  for no key update;
  update policy.policy_changes c
  set alert_sent_at = outs.last_at
  from (
    select a.change_id, max(a.sent_at) as last_at
    from policy.email_alerts a
    where a.change_id in (select s.change_id from settled s where s.status in ('sent', 'cancelled'))
    group by a.change_id
    having bool_and(a.status in ('sent', 'cancelled')) and bool_or(a.status = 'sent')
  ) outs
  where c.id = outs.change_id and c.alert_sent_at is null;
  return null;
end;
$$;
create trigger settle_changes
  after update on policy.email_alerts
  referencing new table as settled
  for each statement execute function policy.settle_changes();
comment on table policy.email_alerts is 'One change and one subscription: a line of a message that is sent once.';
comment on column policy.email_alerts.message_id is 'The message it goes out in; null until there is one.';
-- "What is in this message?", and the foreign key.
create index email_alerts_message_idx on policy.email_alerts (message_id);
-- "What waits for a message?"
create index email_alerts_pending_idx on policy.email_alerts (created_at) where status = 'pending' and message_id is null;
-- The foreign key.
create index email_alerts_subscription_idx on policy.email_alerts (subscription_id);

create table policy.notices (
  id         bigint      generated always as identity,
  source_id  uuid        not null,
  kind       varchar(20) not null,
  cause      varchar(40),
  detail     text,
  message_id uuid,
  created_at timestamptz not null default now(),
  constraint notices_pkey primary key (id),
  constraint notices_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  constraint notices_message_fkey foreign key (message_id) references policy.messages (id) on delete restrict,
  constraint notices_kind_known check (kind in ('failing', 'recovered')),
  constraint notices_failing_with_a_cause check ((kind = 'failing') = (cause is not null))
);
comment on table policy.notices is 'What operators are told of a source, once: that it keeps failing, and that it recovered.';
-- "What are operators to be told?"
create index notices_pending_idx on policy.notices (created_at) where message_id is null;
-- The foreign key.
create index notices_source_idx on policy.notices (source_id);
-- "What is in this message?", and the foreign key.
create index notices_message_idx on policy.notices (message_id);

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
