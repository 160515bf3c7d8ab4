-- Lets a name mean one API key of those that are not revoked, also if two are made at the same moment.

-- Keys of earlier versions that share a name: the newest keeps it, the others are told apart by the beginning of their id.
update web.api_keys k
set name = left(k.name, 88) || ' (' || left(k.id::text, 8) || ')'
where k.revoked_at is null and exists (
  select from web.api_keys o
  where o.name = k.name and o.revoked_at is null and (o.created_at, o.id) > (k.created_at, k.id));
-- "Which key is meant by this name?"
create unique index api_keys_name_key on web.api_keys (name) where revoked_at is null;
