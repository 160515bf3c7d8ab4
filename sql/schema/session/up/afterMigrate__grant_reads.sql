-- Lets api_readonly, as which console and API read, see what is public in each room.
-- Set anew whenever the schema is brought up, for a view that was made anew has lost its grants. What is not listed is not
-- seen: addresses, mails, tokens, subscriptions, keys and users above all. A room that is not there is left out.
do $$
declare
  readable text;
begin
  perform pg_advisory_xact_lock(hashtextextended('session/role', 0));
  if not exists (select from pg_roles where rolname = 'api_readonly') then
    return; -- V007 said so
  end if;
  -- Who made a role may not always become it.
  if not pg_has_role(current_user, 'api_readonly', 'member') then
    execute format('grant api_readonly to %I', current_user);
  end if;
  for readable in
    select n.nspname from pg_namespace n
    where n.nspname in ('catalog', 'harvest', 'registry', 'names', 'policy', 'ops')
  loop
    execute format('grant usage on schema %I to api_readonly', readable);
  end loop;
  for readable in
    select c.oid::regclass::text
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm') and (
      n.nspname in ('catalog', 'registry', 'names', 'harvest')
      or n.nspname = 'ops' and c.relname in ('runs', 'requests', 'rejects', 'workers')
      or n.nspname = 'policy' and c.relname in (
        'sources', 'policy_versions', 'policy_changes', 'fetches', 'candidates', 'changes', 'current_policies',
        'latest_changes', 'source_health'))
  loop
    execute format('grant select on %s to api_readonly', readable);
  end loop;
  -- A function does what its caller may do, and he may only read; is_alive looks for him whether a worker is.
  for readable in
    select p.oid::regprocedure::text
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('catalog', 'harvest', 'registry', 'names', 'policy', 'ops') and p.prokind = 'f'
      -- Those of the names are closed to all but what only changes the form of a word.
      and (n.nspname <> 'names' or p.provolatile = 'i')
      and (not p.prosecdef or p.proname = 'is_alive') and not has_function_privilege('api_readonly', p.oid, 'execute')
  loop
    execute format('grant execute on function %s to api_readonly', readable);
  end loop;
exception
  -- Then reads go as the owner, in transactions that can only read.
  when insufficient_privilege or read_only_sql_transaction then
    raise warning 'api_readonly may not read everything that is public: %', sqlerrm;
end;
$$;
