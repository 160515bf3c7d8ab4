-- Lets a walk know whether the one before asked for the same: what another portal, or another way of paging, had seen is not gone on with.

alter table harvest.sources add column walked_as text,
  add constraint sources_walked_as_is_sha256 check (walked_as ~ '^[0-9a-f]{64}$');
comment on column harvest.sources.walked_as is
  'What the last walk of everything asked for: harvest.walked_as of its kind, URL and options; NULL: none has begun since V040.';

create function harvest.walked_as(kind text, url text, options jsonb, declaration jsonb) returns text
language sql immutable as $$
  select encode(sha256(convert_to(
    jsonb_build_array(kind, url, options, (
      select jsonb_object_agg(part.key, part.value)
      from jsonb_each(declaration) part
      where part.key in ('request', 'decode', 'page', 'records', 'total', 'total-clamped', 'key', 'order', 'parents', 'since')
    ))::text, 'UTF8')), 'hex')
$$;
comment on function harvest.walked_as(text, text, jsonb, jsonb) is
  'SHA-256 of all that says which records a walk asks for, and in which order: place in a walk, and what is complete, hold for that alone.';
