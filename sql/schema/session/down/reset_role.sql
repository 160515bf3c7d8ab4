-- Undoes what bringing the schema up set for the sessions of this role in this database, once nothing of it is left.
do $$
begin
  execute format('alter role current_user in database %I reset jit', current_database());
  execute format('alter role current_user in database %I reset default_toast_compression', current_database());
end;
$$;
