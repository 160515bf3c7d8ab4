-- Finds datasets by words in their own language, and by titles that are spelled almost so.

create table harvest.search_documents (
  dataset_id uuid        not null,
  source_id  bigint      not null,
  language   text        not null,
  country    text,
  title      text        not null,
  document   tsvector    not null,
  changed_at timestamptz not null,
  constraint search_documents_pkey primary key (dataset_id),
  constraint search_documents_dataset_fkey foreign key (dataset_id) references harvest.datasets (id) on delete cascade
);
comment on table harvest.search_documents is 'The words of each dataset that is not retired, filled after runs: harvest.datasets itself stays narrow.';
comment on column harvest.search_documents.language is 'The text search configuration that its words were reduced by; simple where its language is not known.';
comment on column harvest.search_documents.country is 'ISO 3166-1 alpha-2, of the dataset or else of its source.';
comment on column harvest.search_documents.title is 'In lower case, to be compared with misspelled words.';
comment on column harvest.search_documents.changed_at is 'The state of the dataset that it was made of: harvest.datasets.changed_at.';

-- "Which datasets speak of this?"
create index search_documents_document_idx on harvest.search_documents using gin (document);
-- "Which languages are there, and what is new in each?"
create index search_documents_language_idx on harvest.search_documents (language);
-- "What is indexed of this source?"
create index search_documents_source_idx on harvest.search_documents (source_id);

create table harvest.search_runs (
  source_id bigint      not null,
  run_id    bigint      not null,
  filled_at timestamptz not null,
  constraint search_runs_pkey primary key (source_id),
  constraint search_runs_source_fkey foreign key (source_id) references harvest.sources (id) on delete cascade
);
comment on table harvest.search_runs is 'Up to which run the datasets of a source were copied from the catalogue, if they are its own, and their words filled.';

-- Titles spelled almost so need pg_trgm. Whoever owns a database may create it; where it is not to be had, all else is found.
do $$
declare
  home text;
begin
  if not exists (select from pg_extension where extname = 'pg_trgm') then
    begin
      create extension pg_trgm with schema harvest;
    exception
      when insufficient_privilege or undefined_file or feature_not_supported then
        raise notice 'Search takes no account of typing errors: pg_trgm is not available. %', sqlerrm;
    end;
  end if;
  select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  if home is not null then
    -- "Which titles are spelled almost so?"
    execute format(
      'create index search_documents_title_idx on harvest.search_documents using gin (title %I.gin_trgm_ops)', home);
  end if;
end;
$$;
