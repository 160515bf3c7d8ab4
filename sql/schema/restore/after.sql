-- Grants what a backup of one database cannot carry to another: to connect, and what is made from now on.
-- Changes get numbers that were never given: who read some of those after the moment of the backup misses none of the new ones.
do $$
declare
  role text;
begin
  for role in
    select rolname from pg_roles where rolname in ('api_readonly', 'api_worker') and to_regnamespace('names') is not null
  loop
    execute format('grant connect on database %I to %I', current_database(), role);
    execute format('alter default privileges in schema names grant select on tables to %I', role);
    if role = 'api_worker' then
      execute format('alter default privileges in schema names grant insert, update on tables to %I', role);
    end if;
  end loop;
end;
$$;
do $$
declare
  numbered text[];
  last bigint;
begin
  foreach numbered slice 1 in array array[['harvest.changes', 'id'], ['webhooks.policy_changes', 'number']] loop
    if to_regclass(numbered[1]) is not null then
      execute format('select max(%I) from %s', numbered[2], numbered[1]) into last;
      perform setval(
        pg_get_serial_sequence(numbered[1], numbered[2]),
        greatest(last, (extract(epoch from clock_timestamp()) * 1000000)::bigint));
    end if;
  end loop;
end;
$$;
analyze;
