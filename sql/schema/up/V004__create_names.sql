-- Baby-name statistics: what the publishers of four countries say, one row a name, gender and year.

create schema names;
comment on schema names is 'Baby-name statistics of several countries, loaded through a job queue.';

-- Prefix search. Where the extension is there already, in whatever schema, it is used as it is.
create extension if not exists pg_trgm with schema names;

create table names.countries (
  id           uuid         not null default gen_random_uuid(),
  code         varchar(2)   not null,
  name         varchar(100) not null,
  source_url   text,
  attribution  text,
  region_count integer      not null,
  created_at   timestamptz  not null default now(),
  updated_at   timestamptz  not null default now(),
  constraint countries_pkey primary key (id),
  constraint countries_code_key unique (code),
  constraint countries_regions_positive check (region_count > 0)
);
-- "Which country is US?"
create index idx_countries_code on names.countries (code);
comment on table names.countries is 'Countries with baby name statistics';
comment on column names.countries.code is 'ISO 3166-1 alpha-2 country code';
comment on column names.countries.source_url is 'URL to official government data source';
comment on column names.countries.attribution is 'Required attribution text for data usage';
comment on column names.countries.region_count is
  'How many regions make the whole country, where no national source counts it: with fewer, a figure is a part.';

create function names.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end;
$$;

create trigger update_countries_updated_at
  before update on names.countries
  for each row execute function names.update_updated_at_column();

insert into names.countries (code, name, source_url, attribution, region_count) values
  ('US', 'United States', 'https://www.ssa.gov/oact/babynames/', 'Social Security Administration', 51),
  ('GB', 'United Kingdom', 'https://www.ons.gov.uk/peoplepopulationandcommunity/birthsdeathsandmarriages/livebirths', 'Office for National Statistics', 3),
  ('CA', 'Canada', 'https://www.statcan.gc.ca/', 'Statistics Canada', 13),
  ('AU', 'Australia', 'https://www.abs.gov.au/', 'Australian Bureau of Statistics', 8);

create table names.sources (
  id                   uuid not null default gen_random_uuid(),
  code                 text not null,
  country_id           uuid not null,
  region               text,
  name                 text not null,
  min_count            integer,
  top_names            integer,
  counts_towards_total boolean not null,
  is_national          boolean not null,
  constraint sources_pkey primary key (id),
  constraint sources_code_key unique (code),
  constraint sources_country_fkey foreign key (country_id) references names.countries (id) on delete restrict,
  constraint sources_threshold_positive check (coalesce(min_count, 1) > 0 and coalesce(top_names, 1) > 0),
  constraint sources_national_covers_no_region check (not is_national or region is null)
);
comment on table names.sources is 'Publishers: one country has several, and their figures overlap.';
comment on column names.sources.region is 'ISO 3166-2 of the part it covers; null if it covers the country, or one part a file.';
comment on column names.sources.min_count is 'Smallest count it publishes: a smaller one is absent, which is not zero. Null: none is withheld.';
comment on column names.sources.top_names is 'It publishes so many names a year only: absent means below that. Null: all.';
comment on column names.sources.counts_towards_total is 'Whether its figures may be added into a figure of the country.';
comment on column names.sources.is_national is 'It counts the whole country: where it has a year, regional figures are left out of the total.';

insert into names.sources (code, country_id, region, name, min_count, top_names, counts_towards_total, is_national)
select s.code, c.id, s.region, s.name, s.min_count, s.top_names, s.counts, s.national
from (values
  ('us-ssa', 'US', null, 'Social Security Administration, national', 5, null, true, true),
  -- Its threshold holds for each state, so its sum is less than the country: it never stands for it.
  ('us-ssa-state', 'US', null, 'Social Security Administration, by state', 5, null, false, false),
  ('gb-ons', 'GB', 'GB-EAW', 'Office for National Statistics, England and Wales', 3, null, true, false),
  ('gb-nrs', 'GB', 'GB-SCT', 'National Records of Scotland', null, null, true, false),
  ('gb-nisra', 'GB', 'GB-NIR', 'Northern Ireland Statistics and Research Agency', 3, null, true, false),
  ('ca-statcan', 'CA', null, 'Statistics Canada, table 17-10-0147', 5, null, true, true),
  ('ca-on', 'CA', 'CA-ON', 'Ontario', 5, null, true, false),
  ('ca-bc', 'CA', 'CA-BC', 'British Columbia', 5, null, true, false),
  ('ca-ab', 'CA', 'CA-AB', 'Alberta', null, null, true, false),
  ('ca-nb', 'CA', 'CA-NB', 'New Brunswick', null, 20, true, false),
  ('ca-ns', 'CA', 'CA-NS', 'Nova Scotia', null, 20, true, false),
  ('ca-qc', 'CA', 'CA-QC', 'Retraite Québec', null, null, true, false),
  ('au-nsw', 'AU', 'AU-NSW', 'New South Wales', null, 100, true, false),
  ('au-sa', 'AU', 'AU-SA', 'South Australia', null, null, true, false),
  ('au-qld', 'AU', 'AU-QLD', 'Queensland', null, 100, true, false),
  ('au-vic', 'AU', 'AU-VIC', 'Victoria', null, 100, true, false),
  ('au-tas', 'AU', 'AU-TAS', 'Tasmania', null, null, true, false)
) as s (code, country, region, name, min_count, top_names, counts, national)
join names.countries c on c.code = s.country;

create table names.datasets (
  id            uuid         not null default gen_random_uuid(),
  country_id    uuid         not null,
  source_id     uuid         not null,
  region        text,
  filename      varchar(255) not null,
  entry         text,
  file_path     text         not null,
  file_size     bigint       not null,
  sha256        text         not null,
  format        text         not null,
  year          integer,
  gender        char(1),
  status        varchar(20)  not null default 'pending',
  row_count     integer,
  births        bigint,
  error_message text,
  uploaded_by   varchar(100),
  uploaded_at   timestamptz  not null default clock_timestamp(),
  processed_at  timestamptz,
  deleted_at    timestamptz,
  constraint datasets_pkey primary key (id),
  constraint datasets_country_fkey foreign key (country_id) references names.countries (id) on delete restrict,
  constraint datasets_source_fkey foreign key (source_id) references names.sources (id) on delete restrict,
  constraint chk_status check (status in ('pending', 'processing', 'completed', 'failed', 'reprocessing')),
  constraint chk_file_size check (file_size > 0),
  constraint chk_row_count check (row_count is null or row_count >= 0),
  constraint chk_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint chk_gender check (gender in ('M', 'F')),
  constraint chk_failed_with_a_message check (status <> 'failed' or error_message is not null),
  constraint chk_completed_with_counts
    check (status not in ('completed', 'reprocessing') or (row_count is not null and births is not null and processed_at is not null))
);
-- "Which files does a country have?", and the foreign key.
create index idx_datasets_country_id on names.datasets (country_id);
-- "What is still to be done, and what failed?"
create index idx_datasets_status on names.datasets (status) where deleted_at is null;
-- "What came last?"
create index idx_datasets_uploaded_at on names.datasets (uploaded_at desc);
-- "What was deleted?"
create index idx_datasets_deleted_at on names.datasets (deleted_at) where deleted_at is not null;
-- The same content is one dataset, under whatever name it is dropped.
create unique index uq_datasets_content on names.datasets (sha256, coalesce(entry, '')) where deleted_at is null;
comment on table names.datasets is 'Uploaded dataset files and their processing status: each published file is a release.';
comment on column names.datasets.status is 'Processing status: pending, processing, completed, failed, reprocessing';
comment on column names.datasets.file_path is 'Storage path, relative to data.dir: by content.';
comment on column names.datasets.deleted_at is 'Soft delete timestamp for versioning';
comment on column names.datasets.region is 'ISO 3166-2 of the part it covers, where its source publishes one file a region.';
comment on column names.datasets.entry is 'The only entry of a packed file that is meant; null for all of it.';
comment on column names.datasets.format is 'How it is read; the parser_type of its jobs.';
comment on column names.datasets.year is 'Of all its figures, where the file says so once; null where each row does.';
comment on column names.datasets.births is 'Sum of the counts of its figures.';

-- One figure. Large releases are built aside and attached as a partition of their own; all others share the default one.
create table names.names (
  id         bigserial    not null,
  dataset_id uuid         not null,
  country_id uuid         not null,
  year       integer      not null,
  name       varchar(100) not null,
  name_key   varchar(100) not null,
  gender     char(1)      not null,
  count      integer      not null,
  created_at timestamptz  not null default now(),
  deleted_at timestamptz,
  constraint names_pkey primary key (id, dataset_id),
  constraint names_dataset_fkey foreign key (dataset_id) references names.datasets (id) on delete cascade,
  constraint names_country_fkey foreign key (country_id) references names.countries (id) on delete restrict,
  constraint chk_year check (year between 1800 and 2100),
  constraint chk_gender check (gender in ('M', 'F')),
  constraint chk_count check (count > 0),
  constraint chk_name_length check (length(name) > 0 and length(name) <= 100)
) partition by list (dataset_id);
create table names.names_shared partition of names.names default
  with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

-- Of what counts, a file says a name, gender and year once; a replaced reading may have said it as well.
create unique index uq_names_dataset_year_name_gender on names.names (dataset_id, year, name, gender) where deleted_at is null;
-- "All names of a country, year and gender."
create index idx_names_country_year_gender on names.names (country_id, year, gender) where deleted_at is null;
-- "How often was this name given in a country?"
create index idx_names_name_country on names.names (name, country_id) where deleted_at is null;
-- "The figures of one file", and the foreign key.
create index idx_names_dataset_id on names.names (dataset_id);
-- "What was replaced, and when?"
create index idx_names_deleted_at on names.names (deleted_at) where deleted_at is not null;
-- "The most given names of a country and year."
create index idx_names_country_year_count on names.names (country_id, year, count desc) where deleted_at is null;
-- "The trend of a name."
create index idx_names_name_year_gender on names.names (name, year, gender, country_id) where deleted_at is null;
comment on table names.names is 'Normalized baby name statistics';
comment on table names.names_shared is 'The figures of all files but the large ones, which have a table each.';
comment on column names.names.name is 'As published, without the blanks around it.';
comment on column names.names.name_key is 'The name in capitals: OLIVIA and Olivia are one series.';
comment on column names.names.gender is 'M for Male, F for Female';
comment on column names.names.count is 'Number of babies with this name in the given year';
comment on column names.names.deleted_at is 'Soft delete timestamp for reprocessing';

create table names.slices (
  dataset_id   uuid        not null,
  year         integer     not null,
  gender       char(1)     not null,
  source_id    uuid        not null,
  region       text,
  row_count    integer     not null,
  births       bigint      not null,
  is_living    boolean     not null,
  replaces     uuid,
  added        integer     not null,
  changed      integer     not null,
  removed      integer     not null,
  ranks_at     timestamptz not null,
  loaded_at    timestamptz not null,
  constraint slices_pkey primary key (dataset_id, year, gender),
  constraint slices_dataset_fkey foreign key (dataset_id) references names.datasets (id) on delete cascade,
  constraint slices_source_fkey foreign key (source_id) references names.sources (id) on delete restrict,
  constraint slices_replaces_fkey foreign key (replaces) references names.datasets (id) on delete set null,
  constraint slices_counts_not_negative check (least(row_count, births, added, changed, removed) >= 0)
);
-- Of one source and region, each year and gender is held by one dataset alone: nothing is counted twice.
create unique index slices_one_living_idx
  on names.slices (source_id, coalesce(region, ''), year, gender) where is_living;
comment on table names.slices is 'What one dataset says of one year and gender, and how that differed from what was held before.';
comment on column names.slices.is_living is 'Its rows are the ones that count; false once another release replaced them.';
comment on column names.slices.ranks_at is 'When it was uploaded or restored: of two that hold the same slice the later one counts.';
comment on column names.slices.replaces is 'The dataset whose rows it replaced when it was loaded.';
comment on column names.slices.changed is 'Names whose count was another one before.';
comment on column names.slices.removed is 'Names that were held before and are not published any more.';

create table names.jobs (
  id            uuid        not null default gen_random_uuid(),
  dataset_id    uuid,
  type          varchar(50) not null,
  status        varchar(20) not null default 'queued',
  payload       jsonb,
  attempts      integer     not null default 0,
  max_attempts  integer     not null default 3,
  last_error    text,
  next_retry_at timestamptz,
  locked_at     timestamptz,
  locked_by     varchar(100),
  heartbeat_at  timestamptz,
  created_at    timestamptz not null default clock_timestamp(),
  started_at    timestamptz,
  completed_at  timestamptz,
  cancelled_at  timestamptz,
  run_id        bigint,
  constraint jobs_pkey primary key (id),
  constraint jobs_dataset_fkey foreign key (dataset_id) references names.datasets (id) on delete cascade,
  constraint jobs_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  constraint chk_type check (type in ('parse_dataset', 'reprocess_dataset')),
  constraint chk_status check (status in ('queued', 'running', 'completed', 'failed')),
  constraint chk_attempts check (attempts >= 0 and attempts <= max_attempts),
  constraint chk_running_is_locked check (status <> 'running' or (locked_by is not null and locked_at is not null and heartbeat_at is not null)),
  constraint chk_ended_with_a_time check ((status in ('completed', 'failed')) = (completed_at is not null)),
  constraint chk_failed_with_an_error check (status <> 'failed' or last_error is not null),
  constraint chk_cancelled_is_failed check (cancelled_at is null or status = 'failed')
);
-- "Which job is due?" Now is no constant, so an index cannot know what is due: it knows what waits.
create index idx_jobs_status_next_retry on names.jobs (status, next_retry_at) where status = 'queued';
-- "The jobs of one file", and the foreign key.
create index idx_jobs_dataset_id on names.jobs (dataset_id);
-- "The latest jobs."
create index idx_jobs_created_at on names.jobs (created_at desc);
-- "Which workers were not heard of?"
create index idx_jobs_locked_at on names.jobs (locked_at) where locked_at is not null and status = 'running';
-- One file is worked on by one job at a time.
create unique index jobs_one_open_idx on names.jobs (dataset_id) where status in ('queued', 'running');
comment on table names.jobs is 'Asynchronous job queue for background processing';
comment on column names.jobs.type is 'Job type: parse_dataset, reprocess_dataset';
comment on column names.jobs.status is 'Job status: queued, running, completed, failed';
comment on column names.jobs.locked_at is 'Timestamp when job was locked by a worker';
comment on column names.jobs.locked_by is 'Worker ID (hostname or container ID)';
comment on column names.jobs.heartbeat_at is 'When its worker last said that it is alive; a silent one loses the job.';
comment on column names.jobs.cancelled_at is 'When an operator cancelled it; its status is failed then.';

-- Once there is a row here, the views are older than the figures. The refresh takes it away.
create table names.stale_views (
  since timestamptz not null
);
comment on table names.stale_views is 'Loads that the materialised views do not know yet.';
