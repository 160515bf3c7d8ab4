-- What datasets were: one history of all sources, whether the harvest keeps it or the catalogue.

create or replace function harvest.versions_of(source bigint, since timestamptz, dataset uuid default null)
returns setof harvest.versions language plpgsql stable as $$
begin
  if not exists (select from harvest.sources s where s.id = versions_of.source and s.kind = 'socrata-discovery') then
    return query
    select v.* from harvest.versions v
    where v.source_id = versions_of.source and v.valid_to > coalesce(versions_of.since, '-infinity')
      and (versions_of.dataset is null or v.dataset_id = versions_of.dataset);
  elsif to_regclass('catalog.versions') is not null then
    return query
    select
      v.id, d.id, d.source_id, d.key, v.valid_from, v.valid_to, v.run_id, v.cause, v.changed_fields, v.is_noise, v.was_retired,
      v.content_hash,
      jsonb_strip_nulls(jsonb_build_object(
        'record_type', case when c.type in ('dataset', 'filter', 'map', 'file', 'href', 'federated_href') then 'dataset' else 'record' end,
        'title', c.name, 'description', harvest.plain(c.description), 'publisher', coalesce(c.agency, c.attribution),
        'license', c.license, 'keywords', c.tags, 'themes', array_remove(array[c.category], null),
        'issued_at', c.created_at, 'modified_at', c.updated_at,
        'modified', to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'landing_page', coalesce(c.permalink, c.link), 'harvested_from', c.domain, 'platform_id', d.key,
        'extras', jsonb_build_object('domain', c.domain, 'country', o.country, 'type', c.type, 'provenance', c.provenance))),
      v.raw
    from harvest.sources s
    join harvest.datasets d on d.source_id = s.id and (versions_of.dataset is null or d.id = versions_of.dataset)
    join catalog.versions v on v.region = substr(s.name, 9) and v.dataset_id = d.key
    -- In the words of harvest.project_catalog, which says what they are now.
    cross join lateral jsonb_populate_record(null::catalog.socrata_datasets, v.state) c
    left join catalog.socrata_domains o on o.domain = c.domain
    where s.id = versions_of.source and v.valid_to > coalesce(versions_of.since, '-infinity') and v.valid_to <= d.changed_at;
  end if;
end;
$$;
comment on function harvest.versions_of(bigint, timestamptz, uuid) is
  'The states of the datasets of a source, or of one of them, that ended after a moment; those of the catalogue in the words of harvest.datasets.';

create or replace function harvest.diff(source bigint, earlier timestamptz, later timestamptz)
returns table (change text, dataset_id uuid, key text, old_key text, title text, fields text[], is_noise boolean, changed_at timestamptz)
language sql stable as $$
  with version as materialized (
    select v.* from harvest.versions_of(diff.source, diff.earlier) v
  ),
  -- What has not changed since the earlier moment is not looked at.
  moved as (
    select d.id, d.key, d.title, d.content_hash, d.changed_at, d.retired_at is not null as is_retired
    from harvest.datasets d
    where d.source_id = diff.source and d.changed_at > diff.earlier
  ),
  span as (
    select v.dataset_id, v.key, v.state ->> 'title' as title, v.content_hash, v.was_retired as is_retired, v.valid_from, v.valid_to
    from version v
    union all
    select m.id, m.key, m.title, m.content_hash, m.is_retired, m.changed_at, 'infinity' from moved m
  ),
  -- Between the two moments.
  step as (
    select
      v.dataset_id, bool_and(v.is_noise) as is_noise, max(v.valid_to) as changed_at,
      (select coalesce(array_agg(distinct f order by f), '{}') from version w cross join unnest(w.changed_fields) f
        where w.dataset_id = v.dataset_id and w.valid_to <= diff.later) as fields
    from version v
    where v.valid_to <= diff.later
    group by v.dataset_id
  )
  select
    told.change, m.id, coalesce(a.key, b.key), case when told.change = 'renamed' then b.key end, coalesce(a.title, b.title),
    case when told.change in ('changed', 'renamed') then step.fields else '{}' end,
    told.change = 'changed' and step.is_noise, coalesce(step.changed_at, a.valid_from)
  from moved m
  left join span b on b.dataset_id = m.id and b.valid_from <= diff.earlier and diff.earlier < b.valid_to
  left join span a on a.dataset_id = m.id and a.valid_from <= diff.later and diff.later < a.valid_to
  left join step on step.dataset_id = m.id
  cross join lateral (
    select case
      when b.dataset_id is null and not a.is_retired then 'added'
      when b.is_retired and not a.is_retired then 'restored'
      when not b.is_retired and coalesce(a.is_retired, true) then 'retired'
      when not b.is_retired and b.key <> a.key then 'renamed'
      when not b.is_retired and b.content_hash <> a.content_hash then 'changed'
    end as change
  ) told
  where told.change is not null
$$;
comment on function harvest.diff(bigint, timestamptz, timestamptz) is
  'What the datasets of a source that were there at either of two moments have otherwise: added, changed, retired, restored, renamed.';

create or replace function harvest.find_dataset(named text) returns setof uuid language sql stable as $$
  select d.id from harvest.datasets d
  where d.id = case when named ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then named::uuid end
  union
  -- source/key, where the key may hold any character.
  select d.id from harvest.sources s join harvest.datasets d on d.source_id = s.id
  where s.removed_at is null and starts_with(named, s.name || '/') and d.key = substr(named, length(s.name) + 2)
  union
  select d.id from harvest.datasets d where d.platform_id = named
  union
  select d.id from harvest.sources s join harvest.datasets d on d.source_id = s.id where s.removed_at is null and d.key = named
$$;
comment on function harvest.find_dataset(text) is 'Datasets by our id, by source/key, by key or by the id that their platform gave them.';

-- A row has the lower 32 bits of the transaction that wrote it: of those before the next one, the last with these bits.
create or replace function harvest.states_of(source bigint, since bigint)
returns table (
  dataset_id uuid, key text, valid_from timestamptz, valid_to timestamptz, is_retired boolean, ended_by text, changed_fields text[],
  is_noise boolean, content_hash text, state jsonb)
language sql stable as $$
  with present as (
    select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
  )
  select
    v.dataset_id, v.key, v.valid_from, v.valid_to, v.was_retired, v.cause, v.changed_fields, v.is_noise, v.content_hash, v.state
  from harvest.versions_of(states_of.source, null) v
  where states_of.since is null
  union all
  select
    v.dataset_id, v.key, v.valid_from, v.valid_to, v.was_retired, v.cause, v.changed_fields, v.is_noise, v.content_hash, v.state
  from present p cross join harvest.versions v
  where v.source_id = states_of.source
    and p.next - ((p.next - v.xmin::text::bigint) & 4294967295) >= states_of.since
  union all
  select d.id, d.key, d.changed_at, null, d.retired_at is not null, null, '{}', false, d.content_hash, null
  from present p cross join harvest.datasets d
  where d.source_id = states_of.source
    and (states_of.since is null or p.next - ((p.next - d.xmin::text::bigint) & 4294967295) >= states_of.since)
$$;
comment on function harvest.states_of(bigint, bigint) is
  'What the datasets of a source were and are, the latter without valid_to and state; with a transaction, those that it or a later one wrote.';

-- ---- what is kept ----

create or replace function harvest.received_changes() returns bigint language plpgsql stable as $$
declare
  posted bigint;
begin
  if to_regclass('webhooks.webhooks') is not null then
    execute 'select min(w.after) from webhooks.webhooks w where w.feed = $1' into posted using 'changes';
  end if;
  return least(posted, (select min(t.after) from harvest.topics t), (select max(c.number) - 1 from harvest.changes c)); -- the last one tells the next number
end;
$$;
comment on function harvest.received_changes() is
  'The number up to which every topic and every webhook, also one that is switched off, has the changes.';

create or replace function harvest.note_deleted_changes(through bigint) returns void language sql as $$
  insert into harvest.deleted_changes as d (through)
  select note_deleted_changes.through where note_deleted_changes.through is not null
  on conflict (is_only) do update set through = excluded.through where d.through < excluded.through
$$;
comment on function harvest.note_deleted_changes(bigint) is 'Notes in the transaction that deletes changes up to which number it does; null: none.';

create or replace function harvest.known_changes(after bigint) returns bigint language plpgsql stable as $$
declare
  deleted bigint := (select d.through from harvest.deleted_changes d);
begin
  if known_changes.after > 0 and known_changes.after < deleted then
    raise exception using errcode = 'CH410', message = format(
      'Changes up to number %s were deleted (harvest.changes.keep, or a source that was purged): what came after number %s is not all there any more. '
      'Read the datasets as they are now, whole; then go on with after=%s.',
      deleted, known_changes.after, greatest(deleted, (select max(c.number) from harvest.changes c)));
  end if;
  return coalesce(known_changes.after, 0);
end;
$$;
comment on function harvest.known_changes(bigint) is
  'The last number that a reader knows, if all that came after it is there; else it fails with CH410. 0 or null: none is known.';

create or replace function harvest.old_changes_border(before timestamptz) returns bigint language plpgsql stable as $$
declare
  place record;
  latest timestamptz;
begin
  for place in select p.part, coalesce(p.lower, p.upper)::bigint as border from ops.partitions_of('harvest.changes') p where p.upper is not null loop
    execute format('select c.changed_at from %s c where c.number is not null order by c.number desc limit 1', place.part) into latest;
    if (latest < old_changes_border.before) is not true then
      return place.border;
    end if;
  end loop;
  return 9223372036854775807;
end;
$$;
comment on function harvest.old_changes_border(timestamptz) is
  'Up to which id changes go one by one: to the beginning of the partition that is not yet old and will go whole; the first one has none.';

create or replace function harvest.drop_old_changes(before timestamptz, after bigint, most integer)
returns table (removed integer, next bigint) language plpgsql as $$
declare
  received bigint := harvest.received_changes();
  latest bigint;
  old record;
  is_needed boolean := true;
begin
  select p.part, p.upper::bigint as upper into old
  from ops.partitions_of('harvest.changes') p
  where p.upper::bigint > drop_old_changes.after and drop_old_changes.before is not null
    and p.upper::bigint <= pg_sequence_last_value(pg_get_serial_sequence('harvest.changes', 'id')::regclass)
  order by p.upper::bigint
  limit 1;
  if old.part is not null then
    -- The last one tells of most that they are too new, without a look at the others.
    execute format(
      'select coalesce((select c.changed_at from %1$s c where c.number is not null order by c.number desc limit 1) >= $1, false)
         or exists (select from %1$s c where c.changed_at >= $1 or c.number > $2 or c.number is null)', old.part)
    into is_needed using drop_old_changes.before, received;
  end if;
  if not is_needed then
    execute format('select max(c.number) from %s c', old.part) into latest;
    is_needed := not ops.drop_partition(old.part, 'false', drop_old_changes.most);
  end if;
  if not is_needed then
    perform harvest.note_deleted_changes(latest);
  end if;
  return query select (not is_needed)::integer, old.upper;
end;
$$;
comment on function harvest.drop_old_changes(timestamptz, bigint, integer) is
  'Drops the next partition of changes from before a moment, once all of them were received.';
