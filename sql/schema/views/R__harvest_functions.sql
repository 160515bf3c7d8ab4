-- What statements of the harvest share: how records are mapped, how datasets change and keep what they were, how walks write.

-- ---- mappings ----

create or replace function harvest.query_of(mapping text) returns text language plpgsql as $$
#variable_conflict use_variable
declare
  body text := regexp_replace(mapping, ';\s*$', '');
  source text := format($from$
    from unnest($1::text[], $2::jsonb[]) as record (key, raw)
    cross join harvest.sources as source
    cross join lateral (
%s
    ) as m
    where source.id = $3::bigint$from$, body);
  wrong text;
  called text;
begin
  drop view if exists pg_temp.columns_of_a_mapping;
  -- A view knows its columns, and no record is needed to ask it.
  execute 'create temporary view columns_of_a_mapping as select m.* '
    || replace(replace(replace(source, '$1::text[]', 'null::text[]'), '$2::jsonb[]', 'null::jsonb[]'), '$3::bigint', '0');
  select string_agg(given.attname, ', ' order by given.attnum) into wrong
  from pg_attribute given
  where given.attrelid = 'pg_temp.columns_of_a_mapping'::regclass and given.attnum > 0
    and given.attname not in (
      select a.attname from pg_attribute a
      where a.attrelid = 'harvest.mapping'::regclass and a.attnum > 0 and not a.attisdropped);
  if wrong is not null then
    raise exception 'The mapping gives %, which is no column of a dataset.', wrong
      using errcode = 'undefined_column', hint = (
        select 'Columns are ' || string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = 'harvest.mapping'::regclass and a.attnum > 0 and not a.attisdropped);
  end if;
  select string_agg(
    case
      when a.attname = 'record_type' then format('coalesce(%s::text, ''dataset'')', named.value)
      when a.attname = 'distributions' then format('harvest.normal_distributions(%s::jsonb)', named.value)
      -- Lists of the table are empty, not unknown.
      when a.attname in ('themes', 'keywords', 'languages', 'persistent_ids', 'service_urls')
        then format('coalesce(%s::text[], ''{}'')', named.value)
      else format('%s::%s', named.value, format_type(a.atttypid, a.atttypmod))
    end, E',\n      ' order by a.attnum) into called
  from pg_attribute a
  cross join lateral (
    select case when given.attname is null then 'null' else 'm.' || quote_ident(a.attname) end as value
    from (select) one
    left join pg_attribute given
      on given.attrelid = 'pg_temp.columns_of_a_mapping'::regclass and given.attname = a.attname and given.attnum > 0
  ) named
  where a.attrelid = 'harvest.mapping'::regclass and a.attnum > 0 and not a.attisdropped;
  drop view pg_temp.columns_of_a_mapping;
  return format(E'select record.key, row(\n      %s)::harvest.mapping as mapped%s', called, source);
end;
$$;
comment on function harvest.query_of(text) is
  'A mapping with every column of harvest.mapping, over keys ($1), raws ($2) and the id of a source ($3); fails for a column that is none.';

create or replace function harvest.normal_distributions(distributions jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'title', d.title, 'format', lower(d.format), 'media_type', d.media_type, 'access_url', d.access_url,
    'download_url', d.download_url, 'bytes', d.bytes, 'license', d.license)) order by d.n), '[]')
  from rows from (
    jsonb_to_recordset(normal_distributions.distributions) as (
      title text, format text, media_type text, access_url text, download_url text, bytes bigint, license text)
  ) with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, n)
$$;
comment on function harvest.normal_distributions(jsonb) is
  'Distributions as a mapping gives them, with the columns of harvest.distributions and no others.';

-- A batch that holds a record which cannot be mapped is halved until that one stands alone.
create or replace function harvest.mapped(kind text, source bigint, keys text[], raws jsonb[])
returns table (key text, mapped harvest.mapping, problem text)
language plpgsql stable set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
#variable_conflict use_variable
declare
  query text := (select k.query from harvest.kinds k where k.name = kind);
  half integer := coalesce(array_length(keys, 1), 0) / 2;
  done text[];
  made harvest.mapping[];
begin
  if coalesce(array_length(keys, 1), 0) = 0 then
    return;
  elsif query is null then
    raise exception 'The kind % is not known to this database.', kind
      using hint = 'Is kinds/' || kind || '.kind.yaml there? catchment kinds check says what is wrong with it.';
  end if;
  begin
    execute format('select array_agg(q.key), array_agg(q.mapped) from (%s) q', query) into done, made using keys, raws, source;
    return query select unnest(done), unnest(made), null::text;
  exception when data_exception or cardinality_violation or program_limit_exceeded or raise_exception then
    if half = 0 then
      return query select keys[1], null::harvest.mapping, sqlerrm;
    else
      return query select * from harvest.mapped(kind, source, keys[:half], raws[:half]);
      return query select * from harvest.mapped(kind, source, keys[half + 1:], raws[half + 1:]);
    end if;
  end;
end;
$$;
comment on function harvest.mapped(text, bigint, text[], jsonb[]) is
  'What records mean by the mapping of a kind; problem says why one of them cannot be mapped.';

create or replace function harvest.mapping_of(dataset harvest.datasets) returns harvest.mapping language sql stable as $$
  select row(
    dataset.record_type, dataset.title, dataset.description, dataset.issued_at, dataset.issued, dataset.modified_at,
    dataset.modified, dataset.publisher, dataset.publisher_uri, dataset.contact, dataset.license, dataset.license_uri,
    dataset.access_level, dataset.themes, dataset.keywords, dataset.spatial, dataset.bbox, dataset.temporal,
    dataset.temporal_from, dataset.temporal_to, dataset.languages, dataset.landing_page, dataset.harvested_from,
    dataset.harvested_key, dataset.persistent_ids, dataset.platform_id, dataset.service_urls, dataset.extras,
    (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'title', d.title, 'format', d.format, 'media_type', d.media_type, 'access_url', d.access_url,
        'download_url', d.download_url, 'bytes', d.bytes, 'license', d.license)) order by d.position), '[]')
      from harvest.distributions d
      where d.dataset_id = dataset.id
    ))::harvest.mapping
$$;
comment on function harvest.mapping_of(harvest.datasets) is 'What a dataset is now, as a mapping would give it.';

create or replace function harvest.state_of(mapping harvest.mapping) returns jsonb language sql stable
set timezone = 'UTC' as $$
  select jsonb_strip_nulls(to_jsonb(mapping))
$$;
comment on function harvest.state_of(harvest.mapping) is 'A mapping as versions keep it, moments in UTC.';

create or replace function harvest.changed_fields(before jsonb, after jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(key order by key), '{}')
  from jsonb_each(changed_fields.before) b full join jsonb_each(changed_fields.after) a using (key)
  where b.value is distinct from a.value
$$;
comment on function harvest.changed_fields(jsonb, jsonb) is 'Keys whose values are others.';

create or replace function harvest.pointers_of_noise(kind text) returns text[] language sql stable as $$
  select coalesce(array_agg(p.pointer), '{}')
  from harvest.kinds k
  cross join lateral (
    select jsonb_array_elements_text(k.declaration -> 'noise') as pointer
    union select jsonb_array_elements_text(k.declaration -> 'volatile')
    union select k.declaration #>> '{modified,at}' where jsonb_typeof(k.declaration #> '{modified,at}') = 'string'
  ) p
  where k.name = pointers_of_noise.kind
$$;
comment on function harvest.pointers_of_noise(text) is 'JSON Pointers to what is no news alone: the moment of modification, counters.';

create or replace function harvest.without(record jsonb, pointers text[]) returns jsonb language plpgsql immutable as $$
declare
  pointer text;
begin
  foreach pointer in array without.pointers loop
    record := record #- string_to_array(replace(replace(substr(pointer, 2), '/', E'\x01'), '~1', '/'), E'\x01');
  end loop;
  return record;
end;
$$;
comment on function harvest.without(jsonb, text[]) is 'A record without what some JSON Pointers lead to.';

-- ---- changes ----

create or replace function harvest.change_datasets(
  run bigint, source bigint, cause text, now timestamptz, targets harvest.target[], reason text default null)
returns table (dataset_id uuid, key text, outcome text, problem text)
language plpgsql set timezone = 'UTC' as $$
#variable_conflict use_column
declare
  kind text := (select s.kind from harvest.sources s where s.id = change_datasets.source);
  pointers text[] := harvest.pointers_of_noise(kind);
begin
  return query
  with target as materialized (
    select t.dataset_id, t.raw, t.content_hash, t.updated_at, t.is_retired from unnest(targets) t
  ),
  mapping as materialized (
    select m.key, m.mapped, m.problem
    from (
      select array_agg(d.key order by d.key) as keys, array_agg(t.raw order by d.key) as raws
      from target t join harvest.datasets d on d.id = t.dataset_id
      where t.raw is not null
    ) given
    cross join harvest.mapped(kind, change_datasets.source, given.keys, given.raws) m
  ),
  held as materialized (
    select
      t.dataset_id, d.key, t.raw as next_raw, t.updated_at, coalesce(t.content_hash, d.content_hash) as next_hash,
      t.is_retired as is_next_retired, d.retired_at is not null as was_retired, d.content_hash, d.changed_at as valid_from,
      -- Later than the state began, also if the clock was set back.
      greatest(change_datasets.now, d.changed_at + interval '1 microsecond') as changed_at,
      r.raw, harvest.mapping_of(d) as mapped
    from target t
    join harvest.datasets d on d.id = t.dataset_id
    left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  ),
  compared as materialized (
    select
      h.dataset_id, h.key, h.next_hash, h.updated_at, h.is_next_retired, h.was_retired, h.content_hash, h.valid_from,
      h.changed_at, h.raw, h.next_raw, m.problem, coalesce(m.mapped, h.mapped) as mapped, h.state,
      case when m.mapped is null then '{}'
           else harvest.changed_fields(h.state, harvest.state_of(m.mapped)) end as fields
    from (select held.*, harvest.state_of(held.mapped) as state from held offset 0) h
    left join mapping m using (key)
  ),
  step as materialized (
    select
      c.dataset_id, c.key, c.next_hash, c.updated_at, c.is_next_retired, c.was_retired, c.content_hash, c.valid_from,
      c.changed_at, c.raw, c.next_raw, c.problem, c.mapped, c.state, c.fields,
      case
        when c.problem is not null then 'unmappable'
        when c.is_next_retired and not c.was_retired then 'retired'
        when c.was_retired and not c.is_next_retired then 'restored'
        when c.next_hash = c.content_hash and c.fields = '{}' then 'unchanged'
        -- The mapping is another, the record is not.
        when c.next_hash = c.content_hash then 'mapped'
        when harvest.without(c.raw, pointers) = harvest.without(c.next_raw, pointers) then 'noise'
        else 'changed'
      end as outcome
    from compared c
  ),
  kept as (
    insert into harvest.versions (
      dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash,
      state, raw)
    select
      s.dataset_id, change_datasets.source, s.key, s.valid_from, s.changed_at, change_datasets.run,
      case
        when change_datasets.cause = 'undone' then 'undone'
        when s.outcome = 'noise' then 'changed'
        else s.outcome
      end,
      case when s.fields = '{}' and s.next_hash <> s.content_hash then array['raw'] else s.fields end,
      s.outcome = 'noise', s.was_retired, s.content_hash, s.state,
      case when s.next_hash <> s.content_hash then s.raw end
    from step s
    where s.outcome not in ('unmappable', 'unchanged')
    returning 1
  ),
  changed as (
    update harvest.datasets d
    set content_hash = s.next_hash,
        changed_at = s.changed_at,
        last_changed_at = case when s.next_hash <> s.content_hash and s.outcome <> 'noise' then s.changed_at
                               else d.last_changed_at end,
        retired_at = case when s.is_next_retired then coalesce(d.retired_at, s.changed_at) end,
        retired_reason = case when s.is_next_retired then coalesce(d.retired_reason, change_datasets.reason, 'gone from its source') end,
        retired_run_id = case when s.is_next_retired then coalesce(d.retired_run_id, change_datasets.run) end,
        record_type = (s.mapped).record_type, title = (s.mapped).title, description = (s.mapped).description,
        issued_at = (s.mapped).issued_at, issued = (s.mapped).issued, modified_at = (s.mapped).modified_at,
        modified = (s.mapped).modified, publisher = (s.mapped).publisher, publisher_uri = (s.mapped).publisher_uri,
        contact = (s.mapped).contact, license = (s.mapped).license, license_uri = (s.mapped).license_uri,
        access_level = (s.mapped).access_level, themes = (s.mapped).themes, keywords = (s.mapped).keywords,
        spatial = (s.mapped).spatial, bbox = (s.mapped).bbox, temporal = (s.mapped).temporal,
        temporal_from = (s.mapped).temporal_from, temporal_to = (s.mapped).temporal_to,
        languages = (s.mapped).languages, landing_page = (s.mapped).landing_page,
        harvested_from = (s.mapped).harvested_from, harvested_key = (s.mapped).harvested_key,
        persistent_ids = (s.mapped).persistent_ids, platform_id = (s.mapped).platform_id,
        service_urls = (s.mapped).service_urls, extras = (s.mapped).extras
    from step s
    where d.id = s.dataset_id and s.outcome not in ('unmappable', 'unchanged')
    returning 1
  ),
  distribution as materialized (
    select s.dataset_id, d.*
    from step s
    cross join lateral rows from (
      jsonb_to_recordset((s.mapped).distributions) as (
        title text, format text, media_type text, access_url text, download_url text, bytes bigint, license text)
    ) with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, position)
    where 'distributions' = any (s.fields)
  ),
  fewer as (
    delete from harvest.distributions d
    using step s
    where d.dataset_id = s.dataset_id and 'distributions' = any (s.fields)
      and d.position > jsonb_array_length((s.mapped).distributions)
  ),
  distributed as (
    insert into harvest.distributions as d (
      dataset_id, position, title, format, media_type, access_url, download_url, bytes, license)
    select dataset_id, position, title, format, media_type, access_url, download_url, bytes, license
    from distribution
    on conflict (dataset_id, position) do update
    set title = excluded.title, format = excluded.format, media_type = excluded.media_type,
        access_url = excluded.access_url, download_url = excluded.download_url, bytes = excluded.bytes,
        license = excluded.license
    where (d.title, d.format, d.media_type, d.access_url, d.download_url, d.bytes, d.license)
      is distinct from (excluded.title, excluded.format, excluded.media_type, excluded.access_url,
        excluded.download_url, excluded.bytes, excluded.license)
  ),
  recorded as (
    update harvest.records r
    set raw = s.next_raw, content_hash = s.next_hash, updated_at = s.updated_at, changed_at = s.changed_at, missed = 0
    from step s
    where r.source_id = change_datasets.source and r.key = s.key and s.next_raw is not null
      and s.problem is null and r.content_hash <> s.next_hash
  ),
  told as (
    insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)
    select
      s.dataset_id, change_datasets.source,
      case when change_datasets.cause = 'undone' then 'undone' else s.outcome end, s.fields, change_datasets.run, s.changed_at
    from step s
    where s.outcome in ('changed', 'retired', 'restored')
    order by s.key
  )
  select s.dataset_id, s.key, s.outcome, s.problem from step s;
end;
$$;
comment on function harvest.change_datasets(bigint, bigint, text, timestamptz, harvest.target[], text) is
  'Makes datasets what they are to be: keeps the state before as a version, tells the change; what cannot be mapped stays as it was.';

-- ---- walks ----

-- Pages of one walk may be written side by side: a key belongs to the page that first says when it was seen.
create or replace function harvest.write_records(
  run bigint, source bigint, records jsonb, raws bytea, rejected text[], now timestamptz, out added bigint, out updated bigint,
  out unchanged bigint, out restored bigint, out duplicates bigint, out conflicts bigint, out unmappable bigint,
  out rejects jsonb, out warnings jsonb)
language plpgsql as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(write_records.run) c);
  seen_again text[];
begin
  insert into harvest.sightings as s (source_id, key, content_hash, run_id, place, seen_at)
  select distinct on (r.key) write_records.source, r.key, r.hash, write_records.run, r.place, write_records.now
  from (
    select g.key, g.hash, g.place from jsonb_to_recordset(records) as g (key text, hash text, place bigint)
    -- A rejected record is there all the same.
    union all select k.key, '', 0 from unnest(rejected) as k (key) where k.key is not null
  ) r
  order by r.key, r.place desc
  on conflict (source_id, key) do update
  set content_hash = excluded.content_hash, run_id = excluded.run_id, place = excluded.place, duplicates = 0,
      conflicts = 0, seen_at = excluded.seen_at
  -- What a walk saw elsewhere stays, and what it sees once more, resumed, at the same place, is no duplicate.
  where s.run_id < first or s.place in (0, excluded.place);
  with given as materialized (
    select r.key, r.hash, r.updated_at, r.place, r.raw_from, r.raw_length, r.raw
    from jsonb_to_recordset(records) as r (
      key text, hash text, updated_at timestamptz, place bigint, raw_from integer, raw_length integer, raw jsonb)
  ),
  compared as materialized (
    select
      g.key, g.hash, g.updated_at, g.place, g.raw_from, g.raw_length, g.raw, s.place as seen_place,
      r.key as held_key, r.content_hash as held_hash, r.dataset_id, r.missed, d.retired_at is not null as was_retired,
      case
        when s.place = g.place then 'seen'
        when s.content_hash = g.hash then 'duplicate'
        else 'conflict'
      end as sight,
      case
        when s.place = g.place then r.content_hash is distinct from g.hash and r.rival_hash is distinct from g.hash
        when s.content_hash = g.hash or g.hash = r.content_hash then false
        -- The newer one is right, else the first.
        else coalesce(g.updated_at > r.updated_at, false)
          or g.updated_at is not distinct from r.updated_at and g.place < s.place
      end as is_news
    from given g
    join harvest.sightings s on s.source_id = write_records.source and s.key = g.key
    left join harvest.records r on r.source_id = write_records.source and r.key = g.key
    left join harvest.datasets d on d.id = r.dataset_id
  ),
  fate as materialized (
    select
      c.key, c.hash, c.updated_at, c.place, c.seen_place, c.held_key, c.held_hash, c.dataset_id, c.missed, c.was_retired,
      c.sight, c.is_news,
      -- Here and not above: the raw record of an unchanged one is never parsed.
      case when c.is_news then coalesce(c.raw, convert_from(substring(raws from c.raw_from for c.raw_length), 'UTF8')::jsonb) end
        as raw,
      case when c.sight = 'conflict'
        then coalesce(c.raw::text, convert_from(substring(raws from c.raw_from for c.raw_length), 'UTF8')) end as rival
    from compared c
  ),
  added as (
    insert into harvest.records (source_id, key, raw, content_hash, updated_at, first_seen_at, changed_at)
    select write_records.source, f.key, f.raw, f.hash, f.updated_at, write_records.now, write_records.now
    from fate f
    where f.held_key is null and f.is_news
    order by f.key
    returning 1
  ),
  -- It has no dataset yet, and so no state before.
  pending as (
    update harvest.records r
    set raw = f.raw, content_hash = f.hash, updated_at = f.updated_at, problem = null, missed = 0,
        changed_at = greatest(write_records.now, r.changed_at)
    from fate f
    where r.source_id = write_records.source and r.key = f.key and f.is_news and f.held_key is not null
      and f.dataset_id is null
    returning 1
  ),
  -- Others are made new below, in the same statement: a row is changed once.
  returned as (
    update harvest.records r
    set missed = 0
    from fate f
    where r.source_id = write_records.source and r.key = f.key and f.missed > 0 and not f.is_news
    returning 1
  ),
  target as materialized (
    select array_agg(
      row(f.dataset_id, f.raw, f.hash, f.updated_at, false)::harvest.target order by f.key) as targets
    from fate f
    where f.dataset_id is not null and (f.is_news or f.was_retired and f.sight = 'seen')
  ),
  outcome as materialized (
    select c.dataset_id, c.outcome, c.problem
    from target t
    cross join harvest.change_datasets(write_records.run, write_records.source, 'changed', write_records.now, t.targets) c
  ),
  told as (
    select
      f.key, f.sight, f.place, f.seen_place, f.rival, f.raw, o.problem,
      case
        when f.sight <> 'seen' then f.sight
        when f.held_key is null then 'added'
        when o.outcome = 'unmappable' then 'unmappable'
        when f.was_retired then 'restored'
        when f.is_news then 'updated'
        else 'unchanged'
      end as word
    from fate f left join outcome o using (dataset_id)
  )
  select
    count(*) filter (where t.word = 'added'), count(*) filter (where t.word = 'updated'),
    count(*) filter (where t.word = 'unchanged'), count(*) filter (where t.word = 'restored'),
    count(*) filter (where t.word = 'duplicate'), count(*) filter (where t.word = 'conflict'),
    count(*) filter (where t.word = 'unmappable'),
    coalesce(jsonb_agg(jsonb_build_object(
      'position', 'row ' || t.place, 'key', t.key, 'reason', 'unmappable', 'message', t.problem, 'record', t.raw::text)
      order by t.place) filter (where t.word = 'unmappable'), '[]'),
    coalesce(jsonb_agg(jsonb_build_object(
      'position', 'row ' || t.place, 'key', t.key, 'reason', 'conflicting-duplicate',
      'message', format('The key stands at row %s too, with other content. The newer record is kept, else the first.', t.seen_place),
      'record', t.rival) order by t.place) filter (where t.word = 'conflict'), '[]'),
    array_agg(t.key) filter (where t.sight <> 'seen')
  into added, updated, unchanged, restored, duplicates, conflicts, unmappable, rejects, warnings, seen_again
  from told t;
  if seen_again is not null then
    with given as (
      select r.key, r.hash, r.place from jsonb_to_recordset(records) as r (key text, hash text, place bigint)
      where r.key = any (seen_again)
    ),
    seen as (
      select s.key, s.content_hash, s.place from harvest.sightings s
      where s.source_id = write_records.source and s.key = any (seen_again)
      for no key update
    ),
    rival as (
      update harvest.records r
      set rival_hash = case when r.content_hash = g.hash then s.content_hash else g.hash end
      from given g join seen s using (key)
      where r.source_id = write_records.source and r.key = g.key and s.content_hash <> g.hash
        and r.rival_hash is distinct from case when r.content_hash = g.hash then s.content_hash else g.hash end
    )
    update harvest.sightings s
    set duplicates = s.duplicates + (s.content_hash = g.hash)::integer,
        conflicts = s.conflicts + (s.content_hash <> g.hash)::integer,
        content_hash = case when r.content_hash = g.hash then g.hash else s.content_hash end,
        place = case when r.content_hash = g.hash and s.content_hash <> g.hash then g.place else s.place end
    from given g
    join seen using (key)
    left join harvest.records r on r.source_id = write_records.source and r.key = g.key
    where s.source_id = write_records.source and s.key = g.key;
  end if;
end;
$$;
comment on function harvest.write_records(bigint, bigint, jsonb, bytea, text[], timestamptz) is
  'Writes what a page brought, [{key, hash, updated_at, place, raw_from, raw_length}]: sightings, records, and the datasets that change.';

create or replace function harvest.settle_datasets(
  run bigint, source bigint, is_complete boolean, most integer, now timestamptz, out settled bigint, out waiting bigint,
  out rejects jsonb)
language plpgsql set timezone = 'UTC' as $$
#variable_conflict use_column
declare
  kind text := (select s.kind from harvest.sources s where s.id = settle_datasets.source);
  first bigint := (select min(c.id) from ops.chain_of(settle_datasets.run) c);
  keys text[];
  raws jsonb[];
  waits bigint;
  wrong jsonb;
begin
  waiting := 0;
  rejects := '[]';
  if is_complete then
    -- What lost last time and stood alone this time is news to the next walk.
    update harvest.records r
    set rival_hash = null
    from harvest.sightings s
    where r.source_id = settle_datasets.source and r.rival_hash is not null
      and s.source_id = r.source_id and s.key = r.key and s.conflicts = 0;
  end if;
  loop
    select array_agg(p.key), array_agg(p.raw) into keys, raws
    from (
      select r.key, r.raw
      from harvest.records r
      where r.source_id = settle_datasets.source and r.dataset_id is null and r.problem is null
        and (is_complete or r.waiting_run_id is distinct from settle_datasets.run)
      order by r.key
      limit most
    ) p;
    with mapping as materialized (
      select m.key, m.mapped, m.problem from harvest.mapped(kind, settle_datasets.source, keys, raws) m
    ),
    unseen as materialized (
      select d.key, d.platform_id, d.service_urls, d.title, d.issued
      from harvest.datasets d
      left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
      where not is_complete and d.source_id = settle_datasets.source and d.retired_at is null
        and (s.run_id is null or s.run_id < first)
    ),
    -- The walk may not have come to it: whether it is the same one with another key is decided by one that is complete.
    alike as materialized (
      select m.key
      from mapping m
      where m.problem is null and (
        exists (select from unseen u where harvest.normal_key(u.key) = harvest.normal_key(m.key))
        or exists (select from unseen u where u.platform_id = (m.mapped).platform_id)
        or exists (select from unseen u where u.service_urls = (m.mapped).service_urls and u.service_urls <> '{}')
        or exists (select from unseen u where u.title = (m.mapped).title and u.issued = (m.mapped).issued))
    ),
    made as materialized (
      select gen_random_uuid() as id, m.key, m.mapped
      from mapping m
      where m.problem is null and m.key not in (select a.key from alike a)
    ),
    dataset as (
      insert into harvest.datasets (
        id, source_id, key, content_hash, first_seen_at, changed_at, last_changed_at, record_type, title, description,
        issued_at, issued, modified_at, modified, publisher, publisher_uri, contact, license, license_uri, access_level,
        themes, keywords, spatial, bbox, temporal, temporal_from, temporal_to, languages, landing_page, harvested_from,
        harvested_key, persistent_ids, platform_id, service_urls, extras)
      select
        m.id, r.source_id, m.key, r.content_hash, settle_datasets.now, settle_datasets.now, settle_datasets.now,
        (m.mapped).record_type, (m.mapped).title, (m.mapped).description, (m.mapped).issued_at, (m.mapped).issued,
        (m.mapped).modified_at, (m.mapped).modified, (m.mapped).publisher, (m.mapped).publisher_uri, (m.mapped).contact,
        (m.mapped).license, (m.mapped).license_uri, (m.mapped).access_level, (m.mapped).themes, (m.mapped).keywords,
        (m.mapped).spatial, (m.mapped).bbox, (m.mapped).temporal, (m.mapped).temporal_from, (m.mapped).temporal_to,
        (m.mapped).languages, (m.mapped).landing_page, (m.mapped).harvested_from, (m.mapped).harvested_key,
        (m.mapped).persistent_ids, (m.mapped).platform_id, (m.mapped).service_urls, (m.mapped).extras
      from made m join harvest.records r on r.source_id = settle_datasets.source and r.key = m.key
      returning id, key
    ),
    distributed as (
      insert into harvest.distributions (
        dataset_id, position, title, format, media_type, access_url, download_url, bytes, license)
      select m.id, d.position, d.title, d.format, d.media_type, d.access_url, d.download_url, d.bytes, d.license
      from made m
      cross join lateral rows from (
        jsonb_to_recordset((m.mapped).distributions) as (
          title text, format text, media_type text, access_url text, download_url text, bytes bigint, license text)
      ) with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, position)
    ),
    told as (
      insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)
      select m.id, settle_datasets.source, 'added', settle_datasets.run, settle_datasets.now from made m order by m.key
    ),
    recorded as (
      update harvest.records r
      set dataset_id = made.id, problem = m.problem, waiting_run_id = case when a.key is not null then settle_datasets.run end
      from mapping m
      left join made using (key)
      left join alike a using (key)
      where r.source_id = settle_datasets.source and r.key = m.key
    )
    select
      (select count(*) from made), (select count(*) from alike),
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'position', coalesce('row ' || s.place, ''), 'key', m.key, 'reason', 'unmappable', 'message', m.problem,
          'record', r.raw::text) order by s.place)
        from mapping m
        join harvest.records r on r.source_id = settle_datasets.source and r.key = m.key
        left join harvest.sightings s on s.source_id = r.source_id and s.key = r.key
        where m.problem is not null), '[]')
    into settled, waits, wrong;
    waiting := waiting + waits;
    rejects := rejects || wrong;
    exit when settled > 0 or keys is null;
  end loop;
end;
$$;
comment on function harvest.settle_datasets(bigint, bigint, boolean, integer, timestamptz) is
  'Makes datasets of records that have none, at most so many at once; in an incomplete walk those wait that may be known ones.';

create or replace function harvest.normal_key(key text) returns text language plpgsql immutable parallel safe as $$
begin
  return case when key ~* '^https?://' then harvest.normal_url(key) else lower(key) end;
end;
$$;
comment on function harvest.normal_key(text) is 'What two spellings of one key have in common.';

-- The lock is held until the commit, and what is numbered is looked at after it was given.
create or replace function harvest.publish_changes() returns bigint language plpgsql as $$
declare
  published bigint;
begin
  perform pg_advisory_xact_lock(hashtext('harvest.changes'));
  with last as (
    select coalesce(max(c.number), 0) as number from harvest.changes c
  ),
  fresh as (
    select c.id, last.number + row_number() over (order by c.id) as number
    from harvest.changes c, last
    where c.number is null
  )
  update harvest.changes c set number = fresh.number from fresh where c.id = fresh.id;
  get diagnostics published = row_count;
  return published;
end;
$$;
comment on function harvest.publish_changes() is
  'Numbers the changes that have no number: who asks for what came after the last number it knows misses nothing.';

-- ---- retirement ----

create or replace function harvest.count_missed(
  run bigint, source bigint, after integer, out candidates bigint, out held bigint, out flapping bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(count_missed.run) c);
begin
  update harvest.records r
  set missed = r.missed + 1, missed_run_id = count_missed.run
  from harvest.datasets d
  where r.source_id = count_missed.source and d.id = r.dataset_id and d.retired_at is null
    and r.missed_run_id is distinct from count_missed.run
    and not exists (
      select from harvest.sightings s
      where s.source_id = r.source_id and s.key = r.key and s.run_id >= first);
  select
    count(*) filter (where r.missed >= after and (s.run_id is null or s.run_id < first)), count(*),
    count(*) filter (where s.run_id >= first and r.missed_run_id >= coalesce((
      select min(w.run_id)
      from (
        select w.run_id from harvest.walks w
        where w.source_id = count_missed.source and w.is_complete and w.run_id < count_missed.run
        order by w.run_id desc
        limit 5
      ) w), count_missed.run))
  into candidates, held, flapping
  from harvest.datasets d
  left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
  where d.source_id = count_missed.source and d.retired_at is null;
end;
$$;
comment on function harvest.count_missed(bigint, bigint, integer) is
  'Marks what a complete walk did not see, once a walk, and counts what was missed so often, and what of the last five walks went and returned.';

create or replace function harvest.retire_datasets(run bigint, source bigint, keys text[], reason text, now timestamptz)
returns bigint language sql as $$
  select count(*)
  from (
    select array_agg(row(d.id, null, null, null, true)::harvest.target order by d.key) as targets
    from harvest.datasets d
    where d.source_id = retire_datasets.source and d.key = any (keys) and d.retired_at is null
  ) given
  cross join harvest.change_datasets(
    retire_datasets.run, retire_datasets.source, 'retired', retire_datasets.now, given.targets, retire_datasets.reason) c
  where c.outcome = 'retired'
$$;
comment on function harvest.retire_datasets(bigint, bigint, text[], text, timestamptz) is
  'Retires the datasets of some keys and says how many they were.';
