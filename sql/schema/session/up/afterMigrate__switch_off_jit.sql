-- Switches off the JIT compiler for the sessions of this role in this database, whenever the schema is brought up.
-- Each batch is a plan of its own, and compiling it takes longer than running it: docs/decisions/0040.
-- A setting of the role needs no session state, so it holds behind a connection pooler too. What the connection asks
-- for (options=-c jit=on) stands, and so does what the role already has for this database.
do $$
begin
  -- Two processes that start at once would update the same row of the catalog.
  perform pg_advisory_xact_lock(hashtextextended('session/jit', 0));
  if exists (
    select from pg_settings
    where name = 'jit' and setting = 'on' and source not in ('client', 'database user')
  ) then
    execute format('alter role current_user in database %I set jit = off', current_database());
  end if;
exception
  -- Slower, not wrong.
  when insufficient_privilege or read_only_sql_transaction then
    raise notice 'The JIT compiler stays on for role %: %', current_user, sqlerrm;
end;
$$;
