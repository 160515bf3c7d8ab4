-- Lets a name mean one API key of those that are not revoked, also if two are made at the same moment.
-- And takes out of the ledger what an early version left in it of secrets in URLs: api_readonly may read it.

-- Keys of earlier versions that share a name: the newest keeps it, the others are told apart by the beginning of their id.
update web.api_keys k
set name = left(k.name, 88) || ' (' || left(k.id::text, 8) || ')'
where k.revoked_at is null and exists (
  select from web.api_keys o
  where o.name = k.name and o.revoked_at is null and (o.created_at, o.id) > (k.created_at, k.id));
-- "Which key is meant by this name?"
create unique index api_keys_name_key on web.api_keys (name) where revoked_at is null;

-- A database that is new has nothing of it, and the function not yet either.
do $$
begin
  if to_regprocedure('ops.without_secrets(text)') is not null then
    update ops.requests set url = ops.without_secrets(url) where url <> ops.without_secrets(url);
    update ops.runs
    set error = ops.without_secrets(error), note = ops.without_secrets(note)
    where (error, note) is distinct from (ops.without_secrets(error), ops.without_secrets(note));
  end if;
end;
$$;
