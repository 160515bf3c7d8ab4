-- Remembers when a key was used, to the minute.
-- In:  id uuid
-- Out: one row if that was more than a minute ago: id
update web.api_keys k
set last_used_at = now()
where k.id = :?id::uuid and coalesce(k.last_used_at < now() - interval '1 minute', true)
returning k.id
