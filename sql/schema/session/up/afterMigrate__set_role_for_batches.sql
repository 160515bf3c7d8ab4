-- Sets what suits our batches for the sessions of this role in this database, whenever the schema is brought up.
-- jit: each batch is a plan of its own, and compiling it takes longer than running it: docs/decisions/0040.
-- default_toast_compression: with pglz, half of the time of a first seed went into compressing raw: docs/decisions/0050.
-- A setting of the role needs no session state, so it holds behind a connection pooler too. What the connection asks
-- for (options=-c jit=on) stands, and so does what the role already has for this database.
do $$
declare
  setting record;
begin
  -- Two processes that start at once would update the same row of the catalog.
  perform pg_advisory_xact_lock(hashtextextended('session/role', 0));
  for setting in
    select s.name, suits.value
    from (values ('jit', 'off'), ('default_toast_compression', 'lz4')) as suits (name, value)
    join pg_settings s using (name)
    where s.setting <> suits.value and s.source not in ('client', 'database user')
      -- A server built without LZ4 does not offer it.
      and (s.enumvals is null or suits.value = any (s.enumvals))
  loop
    execute format('alter role current_user in database %I set %I = %L', current_database(), setting.name, setting.value);
  end loop;
exception
  -- Slower, not wrong.
  when insufficient_privilege or read_only_sql_transaction then
    raise notice 'The settings of role % stay as they are: %', current_user, sqlerrm;
end;
$$;
