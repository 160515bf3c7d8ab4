-- Takes the statistics away, and what the roles may do here; a role that another database of the server uses stays.

drop materialized view names.gender_probabilities;
drop materialized view names.name_statistics;
drop index names.idx_names_name_prefix;
grant execute on all functions in schema names to public;

do $$
declare
  role text;
begin
  for role in select rolname from pg_roles where rolname in ('api_readonly', 'api_worker') loop
    execute format('alter default privileges in schema names revoke all on tables from %I', role);
    execute format('revoke all on all tables in schema names from %I', role);
    execute format('revoke all on all sequences in schema names from %I', role);
    execute format('revoke all on all functions in schema names from %I', role);
    execute format('revoke all on schema names from %I', role);
    execute format('revoke connect on database %I from %I', current_database(), role);
    begin
      execute format('drop role %I', role);
    exception
      when dependent_objects_still_exist or insufficient_privilege or undefined_object then null;
    end;
  end loop;
end;
$$;
