-- Forgets the words of datasets, and what was made to find them.

drop function if exists
  harvest.find_dataset(text), harvest.diff(bigint, timestamptz, timestamptz), harvest.versions_of(bigint, timestamptz, uuid),
  harvest.search(text, text, text, text, text, text, text, timestamptz, integer, integer),
  harvest.refresh_search(), harvest.titles_like(text, integer), harvest.project_catalog(text), harvest.fill_search(bigint),
  harvest.language_of_country(text), harvest.search_configuration(text);

drop table harvest.search_runs, harvest.search_documents;

do $$
begin
  if exists (
    select from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm' and n.nspname = 'harvest')
  then
    drop extension pg_trgm;
  end if;
end;
$$;
