-- Takes the names away. An extension that others use as well lies elsewhere and stays.

drop table names.stale_views;
drop table names.jobs;
drop table names.slices;
drop table names.names;
drop table names.datasets;
drop table names.sources;
drop table names.countries;
drop function names.update_updated_at_column();
do $$
begin
  if exists (select from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm' and n.nspname = 'names') then
    drop extension pg_trgm;
  end if;
end;
$$;
drop schema names;

-- A run is about what it filled: the next load begins anew.
delete from ops.runs where room = 'names';
