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
-- Those that had none yet when it was made may have got one since, and come again with a new one rather than not at all.
do $$
declare
  given bigint;
  last bigint;
begin
  if to_regclass('harvest.changes') is not null then
    select greatest(max(c.id), max(c.number), (extract(epoch from clock_timestamp()) * 1000000)::bigint)
    into given
    from harvest.changes c;
    update harvest.changes c
    set number = given + w.place
    from (select w.id, row_number() over (order by w.id) as place from harvest.changes w where w.number is null) w
    where w.id = c.id;
    perform setval(
      pg_get_serial_sequence('harvest.changes', 'id'), greatest(given, (select max(c.number) from harvest.changes c)));
  end if;
  if to_regclass('webhooks.policy_changes') is not null then
    select max(p.number) into last from webhooks.policy_changes p;
    perform setval(
      pg_get_serial_sequence('webhooks.policy_changes', 'number'),
      greatest(last, (extract(epoch from clock_timestamp()) * 1000000)::bigint));
  end if;
end;
$$;
analyze;
