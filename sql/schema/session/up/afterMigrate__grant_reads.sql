-- Lets api_readonly, as which console and API read, see what is public in each room.
-- Set anew whenever the schema is brought up, for a view that was made anew has lost its grants, and when this finds the role
-- without them, which was made since. What is not listed is not seen: addresses, mails, tokens, subscriptions, keys and users
-- above all, and what may have secrets in it: where sources are, and records as they came. A room that is not there is left out.
do $$
declare
  readable regclass;
  room text;
  helper regprocedure;
  hidden text[];
begin
  perform pg_advisory_xact_lock(hashtextextended('session/role', 0));
  if not exists (select from pg_roles where rolname = 'api_readonly') then
    return; -- V007 said so
  end if;
  for room in
    select n.nspname from pg_namespace n
    where n.nspname in ('catalog', 'harvest', 'registry', 'names', 'policy', 'ops')
  loop
    execute format('grant usage on schema %I to api_readonly', room);
  end loop;
  for readable, hidden in
    select c.oid, h.columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join (values
      -- Their views shown_… and those of how they are have them without secrets; rejects and fetches have nothing but those.
      ('harvest', 'sources', '{url,options,secret,health_reason}'::text[]),
      ('policy', 'sources', '{url,moved_to,last_error}'),
      ('registry', 'sources', '{url,raw}')
    ) as h (room, name, columns) on h.room = n.nspname and h.name = c.relname
    where c.relkind in ('r', 'p', 'v', 'm') and (
      n.nspname in ('catalog', 'registry', 'names', 'harvest')
      or n.nspname = 'ops' and c.relname in ('runs', 'requests', 'shown_rejects', 'workers')
      or n.nspname = 'policy' and c.relname in (
        'sources', 'policy_versions', 'policy_changes', 'shown_fetches', 'candidates', 'changes', 'current_policies',
        'latest_changes', 'source_health'))
  loop
    if hidden is null then
      execute format('grant select on %s to api_readonly', readable);
    else
      -- xmin: which transaction wrote a row, by which an export knows what has changed.
      execute (
        select format(
          'revoke select on %1$s from api_readonly; grant select (%2$s) on %1$s to api_readonly', readable,
          string_agg(quote_ident(a.attname), ', '))
        from pg_attribute a
        where a.attrelid = readable and not a.attisdropped and (a.attnum > 0 or a.attname = 'xmin') and a.attname <> all (hidden));
    end if;
  end loop;
  -- What earlier versions let it see.
  for readable in
    select to_regclass(c.name) from (values ('ops.rejects'), ('policy.fetches')) as c (name) where to_regclass(c.name) is not null
    union all
    -- A table that was made a partition keeps what was granted on it.
    select i.inhrelid::regclass from pg_inherits i where i.inhparent = to_regclass('policy.fetches')
  loop
    execute format('revoke select on %s from api_readonly', readable);
  end loop;
  -- A function does what its caller may do, and he may only read; is_alive looks for him whether a worker is.
  for helper in
    select p.oid
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('catalog', 'harvest', 'registry', 'names', 'policy', 'ops') and p.prokind = 'f'
      -- Those of the names are closed to all but what only changes the form of a word.
      and (n.nspname <> 'names' or p.provolatile = 'i')
      and (not p.prosecdef or p.proname = 'is_alive') and not has_function_privilege('api_readonly', p.oid, 'execute')
  loop
    execute format('grant execute on function %s to api_readonly', helper);
  end loop;
  -- Who made a role may not always become it; what others read as it stays granted.
  begin
    if not pg_has_role(current_user, 'api_readonly', 'member') then
      execute format('grant api_readonly to %I', current_user);
    end if;
  exception
    when insufficient_privilege then
      raise warning 'Reads go as %, which is no member of api_readonly: %', current_user, sqlerrm;
  end;
exception
  -- Then reads go as the owner, in transactions that can only read.
  when insufficient_privilege or read_only_sql_transaction then
    raise warning 'api_readonly may not read everything that is public: %', sqlerrm;
end;
$$;
