-- Whether this session began before its role was given the settings it has now.
select exists (
  select
  from pg_db_role_setting r
  cross join unnest(r.setconfig) as given
  where r.setdatabase = (select oid from pg_database where datname = current_database())
    and r.setrole = (select oid from pg_roles where rolname = current_user)
    and current_setting(split_part(given, '=', 1), true) <> substring(given from position('=' in given) + 1)
)
