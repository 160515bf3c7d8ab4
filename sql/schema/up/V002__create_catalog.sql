-- The catalogue: hosts, domains, agencies and datasets of the Socrata Discovery API.

create schema catalog;
comment on schema catalog is 'Open-data portals, publishing agencies and datasets, kept current.';

create table catalog.socrata_hosts (
  host      text        not null,
  region    text        not null,
  last_seen timestamptz not null default now(),
  constraint socrata_hosts_pkey primary key (host),
  constraint socrata_hosts_lower_case check (host = lower(host) and host <> '')
);
comment on table catalog.socrata_hosts is 'Any name under which assets are reached: domains and the hosts of their links.';
comment on column catalog.socrata_hosts.region is 'The API region that listed it: us or eu. A region is not a country.';
comment on column catalog.socrata_hosts.last_seen is 'When a crawl last met it; written once a crawl.';

-- "Which hosts does a region serve?"
create index socrata_hosts_region_idx on catalog.socrata_hosts (region);
-- "Which hosts have not been seen for a while?"
create index socrata_hosts_last_seen_idx on catalog.socrata_hosts (last_seen);

create table catalog.socrata_domains (
  domain    text        not null,
  country   text,
  region    text        not null,
  last_seen timestamptz not null default now(),
  constraint socrata_domains_pkey primary key (domain),
  constraint socrata_domains_lower_case check (domain = lower(domain) and domain <> ''),
  constraint socrata_domains_country_is_iso_3166 check (country ~ '^[A-Z]{2}$')
);
comment on table catalog.socrata_domains is 'What owns assets: the portals.';
comment on column catalog.socrata_domains.country is 'ISO 3166-1 alpha-2; NULL where it is not known. Never derived from the region.';

-- "Which portals does a region serve?"
create index socrata_domains_region_idx on catalog.socrata_domains (region);
-- "Which portals does a country have?"
create index socrata_domains_country_idx on catalog.socrata_domains (country);
-- "Which portals have gone quiet?"
create index socrata_domains_last_seen_idx on catalog.socrata_domains (last_seen);

create table catalog.socrata_agencies (
  host     text not null,
  name     text not null,
  type     text,
  name_key text not null,
  constraint socrata_agencies_pkey primary key (host, name),
  constraint socrata_agencies_host_fkey foreign key (host) references catalog.socrata_hosts (host),
  -- Spelling variants of one name are one agency: the first spelling stays.
  constraint socrata_agencies_one_spelling unique (host, name_key),
  constraint socrata_agencies_named check (name <> '' and name_key <> '')
);
comment on table catalog.socrata_agencies is 'Publishing agencies, as the assets of a portal name them.';
comment on column catalog.socrata_agencies.type is 'What kind of body it is, from its name or its portal; NULL where unsure.';
comment on column catalog.socrata_agencies.name_key is 'The name folded: case, punctuation and spacing taken out.';

-- "On which portals does this agency publish?"
create index socrata_agencies_name_key_idx on catalog.socrata_agencies (name_key);

create table catalog.socrata_datasets (
  region              text        not null,
  id                  text        not null,
  domain              text        not null,
  host                text        not null,
  name                text        not null,
  description         text,
  type                text,
  category            text,
  tags                text[]      not null default '{}',
  agency              text,
  attribution         text,
  provenance          text,
  license             text,
  permalink           text,
  link                text,
  created_at          timestamptz,
  updated_at          timestamptz,
  data_updated_at     timestamptz,
  metadata_updated_at timestamptz,
  page_views          bigint,
  download_count      bigint,
  content_hash        text        not null,
  raw                 jsonb       not null,
  first_seen_at       timestamptz not null,
  last_changed_at     timestamptz not null,
  retired_at          timestamptz,
  retired_reason      text,
  retired_run_id      bigint,
  constraint socrata_datasets_pkey primary key (region, id),
  constraint socrata_datasets_id_is_4x4 check (id ~ '^[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}$'),
  constraint socrata_datasets_hash_is_sha256 check (content_hash ~ '^[0-9a-f]{64}$'),
  constraint socrata_datasets_retired_with_reason
    check ((retired_at is null) = (retired_reason is null) and (retired_at is null) = (retired_run_id is null)),
  constraint socrata_datasets_changed_after_first_seen check (first_seen_at <= last_changed_at)
);
comment on table catalog.socrata_datasets is 'Every asset of the Discovery API, the retired ones too.';
comment on column catalog.socrata_datasets.domain is 'The portal that owns the asset (metadata.domain).';
comment on column catalog.socrata_datasets.host is 'The host of its permalink.';
comment on column catalog.socrata_datasets.page_views is 'Views in total, as of the last crawl.';
comment on column catalog.socrata_datasets.content_hash is
  'SHA-256 of the content: without views and downloads, blind to the order of columns, tags and metadata.';
comment on column catalog.socrata_datasets.raw is 'The whole record as it came when its content last changed.';
comment on column catalog.socrata_datasets.retired_at is 'When a complete crawl no longer saw it and the API confirmed that it is gone.';

-- "What does this portal publish?", "what does this agency publish there?"
create index socrata_datasets_domain_idx on catalog.socrata_datasets (domain, agency);
-- "What was updated lately?"
create index socrata_datasets_updated_idx on catalog.socrata_datasets (updated_at desc);
-- "What appeared, changed or went since?"
create index socrata_datasets_changed_idx on catalog.socrata_datasets (last_changed_at desc);
-- "Which datasets carry this tag?"
create index socrata_datasets_tags_idx on catalog.socrata_datasets using gin (tags);

-- What was last seen when stands apart and narrow: an unchanged crawl rewrites no wide row.
create table catalog.dataset_sightings (
  region  text        not null,
  id      text        not null,
  run_id  bigint      not null,
  seen_at timestamptz not null,
  constraint dataset_sightings_pkey primary key (region, id)
) with (fillfactor = 50); -- room for the next crawl's row on the same page: no index entry is written again
comment on table catalog.dataset_sightings is 'When a crawl last saw an id, also of a record it then rejected.';
