-- What is posted next, and what operators are told of those that are not reached.

-- The lock is held until the commit, and what is numbered is looked at after it was given.
create or replace function webhooks.publish_policy_changes() returns bigint language plpgsql as $$
declare
  published bigint;
begin
  perform pg_advisory_xact_lock(hashtext('webhooks.policy_changes'));
  insert into webhooks.policy_changes (change_id)
  select c.id
  from policy.policy_changes c
  where not c.is_technical and not exists (select from webhooks.policy_changes p where p.change_id = c.id)
  order by c.detected_at, c.id;
  get diagnostics published = row_count;
  return published;
end;
$$;
comment on function webhooks.publish_policy_changes() is 'Numbers the changes of pages that have no number yet.';

create or replace function webhooks.head(feed text) returns bigint language plpgsql as $$
begin
  if head.feed = 'policy' then
    perform webhooks.publish_policy_changes();
    return (select coalesce(max(p.number), 0) from webhooks.policy_changes p);
  end if;
  return (select coalesce(max(c.number), 0) from harvest.changes c);
end;
$$;
comment on function webhooks.head(text) is 'The last number that a feed has given: whoever begins after it gets only what is new.';

create or replace function webhooks.next_batch(feed text, after bigint, filter jsonb, most integer, bytes integer)
returns table (through bigint, changes jsonb) language plpgsql stable as $$
#variable_conflict use_column
declare
  head bigint;
  found jsonb[];
begin
  if next_batch.feed = 'policy' then
    head := (select max(p.number) from webhooks.policy_changes p);
    found := array(
      select jsonb_build_object(
        'number', p.number, 'change', c.change_id, 'source', c.source_id, 'name', c.name, 'country', c.country,
        'visa_type', c.visa_type, 'url', c.url, 'old_version', c.old_sequence, 'new_version', c.new_sequence,
        'detected_at', to_char(c.detected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'added', c.added, 'removed', c.removed)
      from webhooks.policy_changes p
      join policy.latest_changes c on c.change_id = p.change_id
      where p.number > next_batch.after and p.number <= head
        and (next_batch.filter ->> 'source' is null or next_batch.filter ->> 'source' in (c.source_id::text, c.name))
        and (next_batch.filter ->> 'country' is null or c.country = upper(next_batch.filter ->> 'country'))
      order by p.number
      limit next_batch.most + 1);
  else
    head := (select max(c.number) from harvest.changes c);
    -- A dataset is found by words only after its words were filled: those who want it wait for that, a day at most.
    if next_batch.filter ? 'q' then
      head := least(head, (
        select min(c.number) - 1
        from harvest.changes c
        join harvest.datasets d on d.id = c.dataset_id and d.retired_at is null
        left join harvest.search_documents s on s.dataset_id = d.id
        where c.number > next_batch.after and s.changed_at is distinct from d.changed_at
          and c.changed_at > now() - interval '1 day'));
    end if;
    found := array(
      select jsonb_build_object(
        'number', c.number, 'dataset', c.dataset_id, 'source', o.name, 'key', d.key, 'title', d.title, 'change', c.change,
        'fields', c.fields, 'run', c.run_id,
        'changed_at', to_char(c.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from harvest.changes c
      join harvest.sources o on o.id = c.source_id
      left join harvest.datasets d on d.id = c.dataset_id
      where c.number > next_batch.after and c.number <= head
        and (next_batch.filter = '{}' or exists (
          select
          from harvest.filter_datasets(
            next_batch.filter ->> 'country', next_batch.filter ->> 'format', next_batch.filter ->> 'publisher',
            next_batch.filter ->> 'license', next_batch.filter ->> 'kind', next_batch.filter ->> 'source', null) f
          where f.id = c.dataset_id
            and (next_batch.filter ->> 'portal' is null or f.harvested_from = next_batch.filter ->> 'portal')
            and (next_batch.filter ->> 'q' is null
              or exists (
                select from harvest.search_documents s
                where s.dataset_id = f.id
                  and s.document @@ websearch_to_tsquery(s.language::regconfig, next_batch.filter ->> 'q'))
              -- What is gone is not indexed.
              or f.retired_at is not null and strpos(lower(f.title), lower(next_batch.filter ->> 'q')) > 0)))
      order by c.number
      limit next_batch.most + 1);
  end if;
  if head is null or head <= next_batch.after then
    return;
  end if;
  return query
  with sized as (
    select each.change, (each.change ->> 'number')::bigint as number, each.place,
      sum(octet_length(each.change::text)) over (order by each.place) as bytes
    from unnest(found) with ordinality as each (change, place)
  ),
  fitting as (
    select s.*, s.place = 1 or s.place <= next_batch.most and s.bytes <= next_batch.bytes as fits from sized s
  )
  -- If all that was found fits, there is nothing more up to the head.
  select
    case when bool_and(f.fits) is not false then head else max(f.number) filter (where f.fits) end,
    jsonb_agg(f.change order by f.place) filter (where f.fits)
  from fitting f;
end;
$$;
comment on function webhooks.next_batch(text, bigint, jsonb, integer, integer) is
  'The next changes of a feed that somebody wants, as many as fit, and up to which number that is all; no row if nothing is new.';

create or replace function webhooks.keep_delivery(webhook uuid, through bigint, changes jsonb) returns uuid
language plpgsql as $$
declare
  message uuid;
begin
  if keep_delivery.changes is null then
    update webhooks.webhooks w set after = keep_delivery.through where w.id = keep_delivery.webhook;
    return null;
  end if;
  insert into ops.messages (room, kind, channel, recipient, message_id, content)
  select 'webhooks', w.feed, 'webhook', substring(w.url from '^[a-z]+://[^/?#]+'), gen_random_uuid(),
    jsonb_build_object('webhook', w.name, 'after', w.after, 'through', keep_delivery.through, 'changes', keep_delivery.changes)
  from webhooks.webhooks w
  where w.id = keep_delivery.webhook
  returning id into message;
  insert into webhooks.deliveries (message_id, webhook_id, after, through, changes)
  select message, w.id, w.after, keep_delivery.through, jsonb_array_length(keep_delivery.changes)
  from webhooks.webhooks w
  where w.id = keep_delivery.webhook;
  update webhooks.webhooks w set delivering = message where w.id = keep_delivery.webhook;
  return message;
end;
$$;
comment on function webhooks.keep_delivery(uuid, bigint, jsonb) is
  'Makes a message of what is wanted, which from then on stays as it is; without changes only the cursor moves.';

create or replace view webhooks.troubles as
select 'deliver' as flow, w.name as scope, 'dead' as cause, null::bigint as run_id, w.stopped_at as since,
  format('The webhook was switched off: %s Once its receiver is back: catchment webhooks resume %s',
    coalesce(w.last_error, 'It failed for too long.'), w.name) as detail
from webhooks.webhooks w
where w.stop_reason in ('gone', 'failing');
comment on view webhooks.troubles is 'What ops.troubles is told of: webhooks that were switched off.';
