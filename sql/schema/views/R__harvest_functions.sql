-- What statements of the harvest share: how records are mapped, how datasets change and keep what they were, how walks write.

-- ---- mappings ----

create or replace function harvest.query_of(mapping text) returns text language plpgsql as $$
#variable_conflict use_variable
declare
  body text := regexp_replace(mapping, ';\s*$', '');
  source text := format($from$
    from (select unnest($1::text[]), unnest($2::jsonb[])) as record (key, raw)
    cross join harvest.sources as source
    cross join lateral (
%s
    ) as m
    where source.id = $3::bigint$from$, body);
  wrong text;
  called text;
  without_records text :=
    replace(replace(replace(source, '$1::text[]', 'null::text[]'), '$2::jsonb[]', 'null::jsonb[]'), '$3::bigint', '0');
begin
  drop view if exists pg_temp.columns_of_a_mapping, pg_temp.values_of_a_mapping;
  -- A view knows its columns, and no record is needed to ask it.
  execute 'create temporary view columns_of_a_mapping as select m.* ' || without_records;
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
  -- Whether each column can be made what it is to be.
  execute format(E'create temporary view values_of_a_mapping as select row(\n      %s)::harvest.mapping as mapped%s', called, without_records);
  drop view pg_temp.values_of_a_mapping;
  return format(E'select record.key, row(\n      %s)::harvest.mapping as mapped%s', called, source);
end;
$$;
comment on function harvest.query_of(text) is
  'A mapping with every column of harvest.mapping, over keys ($1), raws ($2) and the id of a source ($3); fails for a column that is none.';

create or replace function harvest.normal_distributions(distributions jsonb) returns harvest.distribution[]
language sql immutable as $$
  select array(
    select row(d.title, lower(d.format), d.media_type, d.access_url, d.download_url, d.bytes, d.license)::harvest.distribution
    from jsonb_to_recordset(normal_distributions.distributions) as d (
      title text, format text, media_type text, access_url text, download_url text, bytes bigint, license text))
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
    -- One without a row would be mapped for ever, and one with two be two datasets.
    if cardinality(coalesce(done, '{}')) <> cardinality(keys)
        or (select count(distinct d.key) from unnest(done) d (key)) <> (select count(distinct k.key) from unnest(keys) k (key)) then
      raise exception 'The mapping gives % rows for the record, and not one.', cardinality(coalesce(done, '{}'))
        using errcode = 'cardinality_violation';
    end if;
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

-- A mapping may ask its source for anything but how it is doing; no moment, which each session writes in its own time zone.
create or replace function harvest.mapper_of(source bigint) returns text language sql stable as $$
  select encode(sha256(convert_to(k.hash || (to_jsonb(s)
    - '{schedule,is_active,health,health_reason,failures,losses,created_at,due_at,claimed_by,kind_hash,walked_as,removed_at}'::text[])::text,
    'UTF8')), 'hex')
  from harvest.sources s join harvest.kinds k on k.name = s.kind
  where s.id = mapper_of.source
$$;
comment on function harvest.mapper_of(bigint) is 'A hash of what records of a source are mapped by: the mapping of its kind, and the source.';

create or replace function harvest.mapped_records(source bigint, keys text[])
returns table (key text, mapped harvest.mapping, problem text) language plpgsql stable as $$
#variable_conflict use_column
declare
  kind text := (select s.kind from harvest.sources s where s.id = mapped_records.source);
  mapper text := harvest.mapper_of(mapped_records.source);
  others text[];
  raws jsonb[];
begin
  return query
  select p.key, p.mapped, p.problem
  from unnest(keys) as k (key)
  -- By key, one by one: a source that the statistics do not know yet seems to have one record.
  cross join lateral (
    select r.content_hash from harvest.records r where r.source_id = mapped_records.source and r.key = k.key offset 0
  ) r
  cross join lateral (
    select p.key, p.mapped, p.problem from harvest.pending_mappings p
    where p.source_id = mapped_records.source and p.key = k.key and p.content_hash = r.content_hash and p.mapped_by = mapper
    offset 0
  ) p;
  select array_agg(r.key), array_agg(r.raw) into others, raws
  from unnest(keys) as k (key)
  cross join lateral (
    select r.key, r.raw
    from harvest.records r
    where r.source_id = mapped_records.source and r.key = k.key and not exists (
      select from harvest.pending_mappings p
      where p.source_id = r.source_id and p.key = r.key and p.content_hash = r.content_hash and p.mapped_by = mapper)
    offset 0
  ) r;
  return query select m.key, m.mapped, m.problem from harvest.mapped(kind, mapped_records.source, others, raws) m;
end;
$$;
comment on function harvest.mapped_records(bigint, text[]) is
  'What records mean that have no dataset yet: as their page mapped them, or else mapped now.';

-- The kind and the source are there for as long as the mapping runs, and taken back with what raised.
create or replace function harvest.preview(
  kind text, hash text, declaration jsonb, mapping text, source jsonb, records jsonb)
returns table (key text, mapped harvest.mapping, problem text) language plpgsql as $$
#variable_conflict use_column
declare
  keys text[];
  made harvest.mapping[];
  problems text[];
begin
  begin
    insert into harvest.kinds as k (name, hash, declaration, mapping, query)
    values (
      preview.kind, preview.hash, preview.declaration, preview.mapping, harvest.query_of(preview.mapping))
    on conflict (name) do update
    set hash = excluded.hash, declaration = excluded.declaration, mapping = excluded.mapping, query = excluded.query;
    insert into harvest.sources (
      id, name, kind, url, host, title, country, language, options, is_active, removed_at)
    overriding system value
    select 0, s.name, preview.kind, s.url, s.host, s.title, s.country, s.language, coalesce(s.options, '{}'), false, now()
    from jsonb_populate_record(null::harvest.sources, preview.source) s;
    select array_agg(m.key), array_agg(m.mapped), array_agg(m.problem) into keys, made, problems
    from harvest.mapped(
      preview.kind, 0,
      array(select r.record ->> 'key' from jsonb_array_elements(records) with ordinality r (record, place) order by r.place),
      array(select r.record -> 'raw' from jsonb_array_elements(records) with ordinality r (record, place) order by r.place)) m;
    raise exception 'Taken back.' using errcode = 'TRIED';
  exception when sqlstate 'TRIED' then
    null;
  end;
  for i in 1 .. coalesce(array_length(keys, 1), 0) loop
    key := keys[i];
    mapped := made[i];
    problem := problems[i];
    return next;
  end loop;
end;
$$;
comment on function harvest.preview(text, text, jsonb, text, jsonb, jsonb) is
  'What records [{key, raw}] of a source would mean by a mapping; neither kind nor source need be known, and nothing is kept.';

create or replace function harvest.mapping_of(dataset harvest.datasets) returns harvest.mapping language sql stable as $$
  select row(
    dataset.record_type, dataset.title, dataset.description, dataset.issued_at, dataset.issued, dataset.modified_at,
    dataset.modified, dataset.publisher, dataset.publisher_uri, dataset.contact, dataset.license, dataset.license_uri,
    dataset.access_level, dataset.themes, dataset.keywords, dataset.spatial, dataset.bbox, dataset.temporal,
    dataset.temporal_from, dataset.temporal_to, dataset.languages, dataset.landing_page, dataset.harvested_from,
    dataset.harvested_key, dataset.persistent_ids, dataset.platform_id, dataset.service_urls, dataset.extras,
    array(
      select row(d.title, d.format, d.media_type, d.access_url, d.download_url, d.bytes, d.license)::harvest.distribution
      from harvest.distributions d
      where d.dataset_id = dataset.id
      order by d.position))::harvest.mapping
$$;
comment on function harvest.mapping_of(harvest.datasets) is 'What a dataset is now, as a mapping would give it.';

create or replace function harvest.state_of(mapping harvest.mapping) returns jsonb language sql stable
set timezone = 'UTC' as $$
  select jsonb_strip_nulls(to_jsonb(mapping))
$$;
comment on function harvest.state_of(harvest.mapping) is 'A mapping as versions keep it, moments in UTC.';

-- Column by column, in their order: what is not another is not made JSON.
create or replace function harvest.changed_fields(before harvest.mapping, after harvest.mapping) returns text[]
language sql immutable as $$
  select array_remove(array[
    case when before.access_level is distinct from after.access_level then 'access_level' end,
    case when before.bbox is distinct from after.bbox then 'bbox' end,
    case when before.contact is distinct from after.contact then 'contact' end,
    case when before.description is distinct from after.description then 'description' end,
    case when before.distributions is distinct from after.distributions then 'distributions' end,
    case when nullif(jsonb_strip_nulls(before.extras), 'null') is distinct from nullif(jsonb_strip_nulls(after.extras), 'null')
      then 'extras' end,
    case when before.harvested_from is distinct from after.harvested_from then 'harvested_from' end,
    case when before.harvested_key is distinct from after.harvested_key then 'harvested_key' end,
    case when before.issued is distinct from after.issued then 'issued' end,
    case when before.issued_at is distinct from after.issued_at then 'issued_at' end,
    case when before.keywords is distinct from after.keywords then 'keywords' end,
    case when before.landing_page is distinct from after.landing_page then 'landing_page' end,
    case when before.languages is distinct from after.languages then 'languages' end,
    case when before.license is distinct from after.license then 'license' end,
    case when before.license_uri is distinct from after.license_uri then 'license_uri' end,
    case when before.modified is distinct from after.modified then 'modified' end,
    case when before.modified_at is distinct from after.modified_at then 'modified_at' end,
    case when before.persistent_ids is distinct from after.persistent_ids then 'persistent_ids' end,
    case when before.platform_id is distinct from after.platform_id then 'platform_id' end,
    case when before.publisher is distinct from after.publisher then 'publisher' end,
    case when before.publisher_uri is distinct from after.publisher_uri then 'publisher_uri' end,
    case when before.record_type is distinct from after.record_type then 'record_type' end,
    case when before.service_urls is distinct from after.service_urls then 'service_urls' end,
    case when before.spatial is distinct from after.spatial then 'spatial' end,
    case when before.temporal is distinct from after.temporal then 'temporal' end,
    case when before.temporal_from is distinct from after.temporal_from then 'temporal_from' end,
    case when before.temporal_to is distinct from after.temporal_to then 'temporal_to' end,
    case when before.themes is distinct from after.themes then 'themes' end,
    case when before.title is distinct from after.title then 'title' end], null)
$$;
comment on function harvest.changed_fields(harvest.mapping, harvest.mapping) is
  'Columns whose values are others, in alphabetical order; what states do not keep, such as a null among extras, makes none.';

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

create or replace function harvest.path_of(pointer text) returns text[] language sql immutable parallel safe as $$
  select string_to_array(replace(replace(replace(substr(pointer, 2), '/', E'\x01'), '~1', '/'), '~0', '~'), E'\x01')
$$;
comment on function harvest.path_of(text) is 'A JSON Pointer as PostgreSQL writes a path.';

create or replace function harvest.without(record jsonb, pointers text[]) returns jsonb language plpgsql immutable as $$
declare
  pointer text;
  fields text[];
begin
  foreach pointer in array without.pointers loop
    if pointer ~ '^/[^/~]+$' then
      fields := fields || substr(pointer, 2);
    else
      record := record #- harvest.path_of(pointer);
    end if;
  end loop;
  -- All at once: each time a record is written anew.
  return case when fields is null then record else record - fields end;
end;
$$;
comment on function harvest.without(jsonb, text[]) is 'A record without what some JSON Pointers lead to.';

create or replace function harvest.in_one_order(record jsonb, bags text[]) returns jsonb language plpgsql immutable as $$
declare
  bag text[];
begin
  record := jsonb_strip_nulls(record);
  for bag in select harvest.path_of(b) from unnest(bags) b loop
    if jsonb_typeof(record #> bag) = 'array' then
      record := jsonb_set(
        record, bag,
        (select coalesce(jsonb_agg(each order by each), '[]') from jsonb_array_elements(record #> bag) each));
    end if;
  end loop;
  return record;
end;
$$;
comment on function harvest.in_one_order(jsonb, text[]) is
  'A record with the lists that some JSON Pointers lead to in one order, and without nulls: as its content hash takes it.';

-- ---- published as DCAT ----

create or replace function harvest.uri(address text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  uri text := btrim(address, E' \t\r\n');
begin
  if uri !~ '^[A-Za-z0-9._~:/?#@!$&''()*+,;=%-]*$' then
    uri := (
      select string_agg(case when c ~ '^[A-Za-z0-9._~:/?#@!$&''()*+,;=%-]$' then c
        else upper(regexp_replace(encode(convert_to(c, 'UTF8'), 'hex'), '(..)', '%\1', 'g')) end, '' order by n)
      from string_to_table(uri, null) with ordinality each (c, n));
  end if;
  uri := regexp_replace(uri, '%(?![0-9A-Fa-f]{2})', '%25', 'g');
  if strpos(uri, '#') > 0 then
    uri := left(uri, strpos(uri, '#')) || replace(substr(uri, strpos(uri, '#') + 1), '#', '%23');
  end if;
  -- A name and a password before the host are nobody else's.
  return case when uri ~* '^(https?|ftps?)://[^/?#@:]+(:[0-9]{1,5})?([/?#].*)?$'
    then lower(substring(uri from '^[^/]+//[^/?#]+')) || substring(uri from '^[^/]+//[^/?#]+(.*)$') end;
end;
$$;
comment on function harvest.uri(text) is
  'An address as RFC 3986 has it, what it does not allow percent-encoded, as browsers ask for it; NULL without a host, or with a password.';

create or replace function harvest.iso_date(written text) returns text language sql immutable strict parallel safe as $$
  select case when written ~ ('^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])'
    || '(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?)?)?$') then written end
$$;
comment on function harvest.iso_date(text) is 'A year, month, day or moment of ISO 8601, as it is; NULL if it is none.';

create or replace function harvest.iso_moment(moment timestamptz) returns text language sql immutable strict parallel safe as $$
  select case when moment between '0001-01-01T00:00Z' and '9999-12-31T00:00Z'
    then to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end
$$;
comment on function harvest.iso_moment(timestamptz) is 'A moment in UTC by ISO 8601; NULL if its year has not four digits.';

create or replace function harvest.email(contact text) returns text language sql immutable strict parallel safe as $$
  select substring(contact from '^\s*(?:mailto:)?([A-Za-z0-9_~!$&''()*+,;=.-]+@[A-Za-z0-9_.-]+\.[A-Za-z0-9_-]+)\s*$')
$$;
comment on function harvest.email(text) is 'The one mail address that a contact is; NULL if it is anything else.';

create or replace function harvest.contact_name(contact text, raw jsonb) returns text language sql immutable parallel safe as $$
  select substring(coalesce(
    raw #>> '{contactPoint,fn}',
    jsonb_path_query_first(raw, '$."dcat:contactPoint"."vcard:fn"."@value"') #>> '{}',
    jsonb_path_query_first(raw, '$."dcat:contactPoint"."vcard:fn" ? (@.type() == "string")') #>> '{}',
    case contact when raw ->> 'maintainer_email' then raw ->> 'maintainer' when raw ->> 'author_email' then raw ->> 'author' end
  ) from '^\s*(\S(?:.*\S)?)\s*$')
$$;
comment on function harvest.contact_name(text, jsonb) is 'Whose address a contact is, as the record says it beside the address.';

create or replace function harvest.dcat_us_modified(dataset harvest.datasets) returns text language sql immutable parallel safe as $$
  select coalesce(
    harvest.iso_date(dataset.modified), substring(dataset.modified from '^R/P(?:[0-9]+[YMWD]|T[0-9]+[HMS])$'),
    harvest.iso_moment(dataset.modified_at))
$$;
comment on function harvest.dcat_us_modified(harvest.datasets) is
  'When a dataset was modified, or how often it is, as DCAT-US writes it; NULL if neither is known.';

create or replace function harvest.dcat_us_access(level text) returns text language sql immutable strict parallel safe as $$
  select case
    when level in ('public', 'restricted public', 'non-public') then level
    when level = 'restricted' then 'restricted public'
    when level = 'non_public' then 'non-public' end
$$;
comment on function harvest.dcat_us_access(text) is 'A level of access in the words of DCAT-US; those of the EU are known too.';

create or replace function harvest.lacks_for_dcat_us(dataset harvest.datasets, raw jsonb) returns text
language sql immutable parallel safe as $$
  select nullif(concat_ws(', ',
    case when (dataset.key ~ '\S') is not true then 'identifier' end,
    case when (dataset.title ~ '\S') is not true then 'title' end,
    case when (dataset.description ~ '\S') is not true then 'description' end,
    case when not exists (select from unnest(dataset.keywords) word where word ~ '\S') then 'keyword' end,
    case when harvest.dcat_us_modified(dataset) is null then 'modified' end,
    case when (dataset.publisher ~ '\S') is not true then 'publisher.name' end,
    case when harvest.contact_name(dataset.contact, raw) is null then 'contactPoint.fn' end,
    case when harvest.email(dataset.contact) is null then 'contactPoint.hasEmail' end,
    case when harvest.dcat_us_access(dataset.access_level) is null then 'accessLevel' end), '')
$$;
comment on function harvest.lacks_for_dcat_us(harvest.datasets, jsonb) is
  'What a dataset lacks to be one of DCAT-US 1.1, with commas between; NULL if it lacks nothing.';

create or replace function harvest.lacks_for_dcat_ap(dataset harvest.datasets) returns text language sql immutable parallel safe as $$
  select nullif(concat_ws(', ',
    case when (dataset.title ~ '\S') is not true then 'dct:title' end,
    case when (dataset.description ~ '\S') is not true then 'dct:description' end), '')
$$;
comment on function harvest.lacks_for_dcat_ap(harvest.datasets) is
  'What a dataset lacks to be one of DCAT-AP 3, with commas between; NULL if it lacks nothing.';

-- ---- changes ----

create or replace function harvest.change_datasets(
  run bigint, source bigint, cause text, now timestamptz, targets harvest.target[], reason text default null)
returns table (dataset_id uuid, key text, outcome text, problem text)
-- A page of large records that are held against what they were does not go to disk between one step and the next.
language plpgsql set timezone = 'UTC' set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  kind text := (select s.kind from harvest.sources s where s.id = change_datasets.source);
  pointers text[] := harvest.pointers_of_noise(kind);
  bags text[] := (
    select array(select jsonb_array_elements_text(k.declaration -> 'bags')) from harvest.kinds k where k.name = kind);
  mapper text := harvest.mapper_of(change_datasets.source);
  ids uuid[] := array(select t.dataset_id from unnest(targets) t);
begin
  -- Two that change one dataset come one after the other: each of its states is kept once.
  perform from harvest.datasets d where d.id = any (ids) order by d.id for no key update;
  return query
  with target as materialized (
    select t.dataset_id, t.key, t.raw, t.content_hash, t.updated_at, t.is_retired from unnest(targets) t
  ),
  mapping as materialized (
    select m.key, m.mapped, m.problem
    from (
      select array_agg(coalesce(t.key, d.key)) as keys, array_agg(t.raw) as raws
      from target t join harvest.datasets d on d.id = t.dataset_id
      where t.raw is not null
    ) given
    cross join harvest.mapped(kind, change_datasets.source, given.keys, given.raws) m
    union all
    -- Who gives a key and no record gives that of a record which was mapped already.
    select t.key, p.mapped, p.problem
    from target t
    cross join lateral (
      select p.mapped, p.problem from harvest.pending_mappings p
      where p.source_id = change_datasets.source and p.key = t.key and p.content_hash = t.content_hash and p.mapped_by = mapper
      offset 0
    ) p
    where t.raw is null and t.key is not null
  ),
  held as materialized (
    select
      t.dataset_id, d.key, coalesce(t.key, d.key) as next_key, t.raw as next_raw, t.updated_at, coalesce(t.content_hash, d.content_hash) as next_hash,
      t.is_retired as is_next_retired, d.retired_at is not null as was_retired, d.content_hash, d.changed_at as valid_from,
      -- Later than the state began, also if the clock was set back.
      greatest(change_datasets.now, d.changed_at + interval '1 microsecond') as changed_at,
      -- Its place, one in the partition of its source, leads back to it: by its key, planned for a source that the statistics do not
      -- know, all would be compared with all.
      r.ctid as place, r.raw, harvest.mapping_of(d) as mapped
    from target t
    join harvest.datasets d on d.id = t.dataset_id
    left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  ),
  compared as materialized (
    select
      h.dataset_id, h.key, h.next_key, h.next_hash, h.updated_at, h.is_next_retired, h.was_retired, h.content_hash, h.valid_from,
      h.changed_at, h.place, h.raw, h.next_raw, m.problem, h.mapped as mapped_before,
      coalesce(m.mapped, h.mapped) as mapped,
      case when m.mapped is null then '{}' else harvest.changed_fields(h.mapped, m.mapped) end as fields
    from held h
    left join mapping m on m.key = h.next_key
  ),
  step as materialized (
    select
      c.dataset_id, c.key, c.next_key, c.next_hash, c.updated_at, c.is_next_retired, c.was_retired, c.content_hash, c.valid_from,
      c.changed_at, c.place, c.raw, c.next_raw, c.problem, c.mapped_before, c.mapped, c.fields,
      case
        when c.problem is not null then 'unmappable'
        when c.next_key <> c.key then 'renamed'
        when c.is_next_retired and not c.was_retired then 'retired'
        when c.was_retired and not c.is_next_retired then 'restored'
        when c.next_hash = c.content_hash and c.fields = '{}' then 'unchanged'
        -- The mapping is another, the record is not.
        when c.next_hash = c.content_hash then 'mapped'
        when harvest.without(c.raw, pointers) = harvest.without(c.next_raw, pointers) then 'noise'
        -- Records are put in order only where that may be all: what is said in words is in no bag.
        when not c.fields && '{title,description,publisher,license}'::text[]
          and harvest.in_one_order(harvest.without(c.raw, pointers), bags)
            = harvest.in_one_order(harvest.without(c.next_raw, pointers), bags) then 'noise'
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
      s.outcome = 'noise', s.was_retired, s.content_hash, harvest.state_of(s.mapped_before),
      case when s.next_hash <> s.content_hash then s.raw end
    from step s
    where s.outcome not in ('unmappable', 'unchanged')
    returning 1
  ),
  changed as (
    update harvest.datasets d
    set key = s.next_key,
        content_hash = s.next_hash,
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
    -- Else all datasets of all sources would be read to find those of a page.
    where d.id = any (ids) and d.id = s.dataset_id and s.outcome not in ('unmappable', 'unchanged')
    returning 1
  ),
  distribution as materialized (
    select s.dataset_id, d.*
    from step s
    cross join lateral unnest((s.mapped).distributions)
      with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, position)
    where 'distributions' = any (s.fields)
  ),
  fewer as (
    delete from harvest.distributions d
    using step s
    where d.dataset_id = s.dataset_id and 'distributions' = any (s.fields)
      and d.position > cardinality((s.mapped).distributions)
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
    where r.source_id = change_datasets.source and r.ctid = s.place and s.next_key = s.key and s.next_raw is not null and s.problem is null
      and r.content_hash <> s.next_hash
  ),
  told as (
    insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)
    select
      s.dataset_id, change_datasets.source,
      case when change_datasets.cause = 'undone' then 'undone' else s.outcome end, s.fields, change_datasets.run, s.changed_at
    from step s
    where s.outcome in ('changed', 'retired', 'restored', 'renamed')
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
language plpgsql set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(write_records.run) c);
  mapper text := harvest.mapper_of(write_records.source);
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
  -- What a walk saw elsewhere stays, and what it sees once more, resumed, at the same place, is no duplicate; nor is what a run that it
  -- resumes saw in a document that is another one now (each pass through one has places of its own).
  where s.run_id < first or s.place in (0, excluded.place)
    or s.run_id < write_records.run and s.place / 1000000000000 < excluded.place / 1000000000000;
  with given as materialized (
    select r.key, r.hash, r.updated_at, r.place, r.raw_from, r.raw_length, r.raw
    from jsonb_to_recordset(records) as r (
      key text, hash text, updated_at timestamptz, place bigint, raw_from integer, raw_length integer, raw jsonb)
  ),
  compared as materialized (
    select
      g.key, g.hash, g.updated_at, g.place, g.raw_from, g.raw_length, g.raw, s.place as seen_place,
      -- Its place leads back to it, as in harvest.change_datasets.
      r.ctid as held_place, r.key as held_key, r.content_hash as held_hash, r.dataset_id, r.missed, d.retired_at is not null as was_retired,
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
      c.key, c.hash, c.updated_at, c.place, c.seen_place, c.held_place, c.held_key, c.held_hash, c.dataset_id, c.missed, c.was_retired,
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
    where r.source_id = write_records.source and r.ctid = f.held_place and f.is_news and f.dataset_id is null
    returning 1
  ),
  fresh as materialized (
    select array_agg(f.key) as keys, array_agg(f.raw) as raws
    from fate f
    where f.is_news and f.dataset_id is null
  ),
  -- While it is at hand: the end of the walk joins and settles by what it means.
  mapping as (
    insert into harvest.pending_mappings as p (source_id, key, content_hash, mapped_by, mapped, problem)
    select s.id, f.key, f.hash, mapper, m.mapped, m.problem
    from fresh
    join harvest.sources s on s.id = write_records.source and fresh.keys is not null
    join harvest.kinds k on k.name = s.kind
    cross join lateral harvest.mapped(k.name, s.id, fresh.keys, fresh.raws) m
    join fate f on f.key = m.key
    order by f.key
    on conflict (source_id, key) do update
    set content_hash = excluded.content_hash, mapped_by = excluded.mapped_by, mapped = excluded.mapped, problem = excluded.problem
  ),
  -- Others are made new below, in the same statement: a row is changed once.
  returned as (
    update harvest.records r
    set missed = 0
    from fate f
    where r.source_id = write_records.source and r.ctid = f.held_place and f.missed > 0 and not f.is_news
    returning 1
  ),
  target as materialized (
    select array_agg(
      row(f.dataset_id, null, f.raw, f.hash, f.updated_at, false)::harvest.target order by f.key) as targets
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

create or replace function harvest.normal_key(key text) returns text language plpgsql immutable parallel safe as $$
begin
  return case when key ~* '^https?://' then harvest.normal_url(key) else lower(key) end;
end;
$$;
comment on function harvest.normal_key(text) is 'What two spellings of one key have in common.';

create or replace function harvest.hints_of(
  key text, platform_id text, service_urls text[], title text, issued text)
returns table (rule text, value text) language sql immutable as $$
  -- Branch by branch: whoever asks for one rule pays for no other.
  select 'normal-key', harvest.normal_key(key)
  union all
  select 'platform-id', platform_id where platform_id is not null
  union all
  -- All of them: an address that several datasets are served by is no hint.
  select 'service-urls', array_to_string(service_urls, ' ') where service_urls <> '{}'
  union all
  select 'title-issued', lower(title) || ' ' || issued where title is not null and issued is not null
$$;
comment on function harvest.hints_of(text, text, text[], text, text) is 'What a dataset is known by when its key changes, rule by rule.';

create or replace function harvest.settle_datasets(
  run bigint, source bigint, is_complete boolean, most integer, now timestamptz, out settled bigint, out waiting bigint,
  out rejects jsonb)
-- A source that the statistics do not know yet seems to have one record: nested loops over a batch would compare all with all.
language plpgsql set timezone = 'UTC' set enable_nestloop = off as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(settle_datasets.run) c);
  keys text[];
  hashes text[];
  places tid[];
  waits bigint;
  wrong jsonb;
begin
  waiting := 0;
  rejects := '[]';
  if is_complete then
    -- What lost last time and stood alone this time is news to the next walk.
    update harvest.records r
    set rival_hash = null
    from (
      select o.key
      from harvest.records o join harvest.sightings s on s.source_id = o.source_id and s.key = o.key
      where o.source_id = settle_datasets.source and o.rival_hash is not null and s.conflicts = 0
      for no key update of o skip locked -- by who settles it, and looks again after that
    ) won
    where r.source_id = settle_datasets.source and r.key = won.key;
  end if;
  update harvest.sources s set kind_hash = k.hash
  from harvest.kinds k
  where k.name = s.kind and s.id = (
    select o.id from harvest.sources o
    where o.id = settle_datasets.source and o.kind_hash is null
    for no key update skip locked);
  loop
    select array_agg(p.key), array_agg(p.content_hash), array_agg(p.place) into keys, hashes, places
    from (
      -- What is locked stays in its place.
      select r.key, r.content_hash, r.ctid as place
      from harvest.records r
      where r.source_id = settle_datasets.source and r.dataset_id is null and r.problem is null
        and (is_complete or r.waiting_run_id is distinct from settle_datasets.run)
        -- What waited for this walk, and was not seen by it, goes on waiting: it may be gone.
        and (not is_complete or r.waiting_run_id is null or exists (
          select from harvest.sightings s where s.source_id = r.source_id and s.key = r.key and s.run_id >= first))
      order by r.key
      limit most
      -- Others take others, side by side.
      for no key update skip locked
    ) p;
    with mapping as materialized (
      select m.key, m.mapped, m.problem from harvest.mapped_records(settle_datasets.source, keys) m
    ),
    unseen as materialized (
      select h.rule, h.value
      from harvest.datasets d
      left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
      cross join harvest.hints_of(d.key, d.platform_id, d.service_urls, d.title, d.issued) h
      where not is_complete and d.source_id = settle_datasets.source and d.retired_at is null
        and (s.run_id is null or s.run_id < first)
    ),
    -- The walk may not have come to it: whether it is the same one with another key is decided by one that is complete.
    alike as materialized (
      select distinct m.key
      from mapping m
      cross join harvest.hints_of(m.key, (m.mapped).platform_id, (m.mapped).service_urls, (m.mapped).title, (m.mapped).issued) h
      join unseen using (rule, value)
      where not is_complete and m.problem is null
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
        m.id, settle_datasets.source, m.key, r.content_hash, settle_datasets.now, settle_datasets.now, settle_datasets.now,
        (m.mapped).record_type, (m.mapped).title, (m.mapped).description, (m.mapped).issued_at, (m.mapped).issued,
        (m.mapped).modified_at, (m.mapped).modified, (m.mapped).publisher, (m.mapped).publisher_uri, (m.mapped).contact,
        (m.mapped).license, (m.mapped).license_uri, (m.mapped).access_level, (m.mapped).themes, (m.mapped).keywords,
        (m.mapped).spatial, (m.mapped).bbox, (m.mapped).temporal, (m.mapped).temporal_from, (m.mapped).temporal_to,
        (m.mapped).languages, (m.mapped).landing_page, (m.mapped).harvested_from, (m.mapped).harvested_key,
        (m.mapped).persistent_ids, (m.mapped).platform_id, (m.mapped).service_urls, (m.mapped).extras
      from made m join unnest(keys, hashes) as r (key, content_hash) using (key)
      returning id, key
    ),
    distributed as (
      insert into harvest.distributions (
        dataset_id, position, title, format, media_type, access_url, download_url, bytes, license)
      select m.id, d.position, d.title, d.format, d.media_type, d.access_url, d.download_url, d.bytes, d.license
      from made m
      cross join lateral unnest((m.mapped).distributions)
        with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, position)
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
      where r.source_id = settle_datasets.source and r.ctid = any (places) and r.key = m.key
    )
    select
      (select count(*) from made), (select count(*) from alike),
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'position', coalesce('row ' || s.place, ''), 'key', m.key, 'reason', 'unmappable', 'message', m.problem,
          'record', r.raw::text) order by s.place)
        from mapping m
        join harvest.records r on r.source_id = settle_datasets.source and r.ctid = any (places) and r.key = m.key
        left join harvest.sightings s on s.source_id = r.source_id and s.key = r.key
        where m.problem is not null), '[]')
    into settled, waits, wrong;
    waiting := waiting + waits;
    rejects := rejects || wrong;
    exit when settled > 0 or keys is null;
  end loop;
  if keys is null then
    delete from harvest.pending_mappings p
    using (
      select o.key
      from harvest.pending_mappings o
      where o.source_id = settle_datasets.source and not exists (
        select from harvest.records r
        where r.source_id = o.source_id and r.key = o.key and r.dataset_id is null and r.problem is null)
      for update skip locked -- by who deletes it
    ) done
    where p.source_id = settle_datasets.source and p.key = done.key;
  end if;
end;
$$;
comment on function harvest.settle_datasets(bigint, bigint, boolean, integer, timestamptz) is
  'Makes datasets of records that have none, at most so many at once; in an incomplete walk those wait that may be known ones.';

-- The lock is held until the commit, and what is numbered is looked at after it was given.
-- Before anything is known of a first import, the planner takes it for a row or two, and would compare each change with each.
create or replace function harvest.publish_changes() returns bigint language plpgsql set enable_nestloop = off as $$
declare
  deleted bigint;
  published bigint;
begin
  perform pg_advisory_xact_lock(hashtext('harvest.changes'));
  if to_regclass('harvest.deleted_changes') is not null then -- an older schema deletes none
    deleted := (select g.through from harvest.deleted_changes g);
  end if;
  if not exists (select from harvest.changes c where c.number is null) then
    return 0;
  end if;
  with last as materialized (
    -- Not below the first that waits: a restore jumps ahead, for the numbers after its moment were given once before.
    -- Nor below one that was given to a change that is deleted since. Each is looked for on its own, for its index.
    select
      greatest(
        (select max(c.number) from harvest.changes c), deleted,
        (select min(c.id) from harvest.changes c where c.number is null) - 1, 0) as number
  ),
  fresh as (
    select c.id, last.number + row_number() over (order by c.id) as number
    from harvest.changes c, last
    where c.number is null
  )
  update harvest.changes c set number = fresh.number from fresh where c.id = fresh.id and c.number is null;
  get diagnostics published = row_count;
  return published;
end;
$$;
comment on function harvest.publish_changes() is
  'Numbers the changes that have no number: who asks for what came after the last number it knows misses nothing.';

-- ---- retirement ----

create or replace function harvest.count_missed(
  run bigint, source bigint, after integer, out candidates bigint, out held bigint, out flapping bigint)
language plpgsql set enable_nestloop = off as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(count_missed.run) c);
begin
  update harvest.records r
  set missed = r.missed + 1, missed_run_id = count_missed.run
  from harvest.datasets d
  where r.source_id = count_missed.source and d.id = r.dataset_id and d.retired_at is null
    and (r.missed_run_id is null or r.missed_run_id < first)
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
    select array_agg(row(d.id, null, null, null, null, true)::harvest.target order by d.key) as targets
    from harvest.datasets d
    where d.source_id = retire_datasets.source and d.key = any (keys) and d.retired_at is null
  ) given
  cross join harvest.change_datasets(
    retire_datasets.run, retire_datasets.source, 'retired', retire_datasets.now, given.targets, retire_datasets.reason) c
  where c.outcome = 'retired'
$$;
comment on function harvest.retire_datasets(bigint, bigint, text[], text, timestamptz) is
  'Retires the datasets of some keys and says how many they were.';

-- ---- identity ----

create or replace function harvest.are_other_platform_ids(one text, other text) returns boolean language sql immutable as $$
  select one <> other and case
    -- An ArcGIS item, with or without its layer: who does not say the layer does not say another one.
    when one ~ '^[0-9a-f]{32}' and other ~ '^[0-9a-f]{32}' then
      left(one, 32) <> left(other, 32) or length(one) > 32 and length(other) > 32
    else regexp_replace(one, '[0-9a-z]', 'x', 'g') = regexp_replace(other, '[0-9a-z]', 'x', 'g')
  end
$$;
comment on function harvest.are_other_platform_ids(text, text) is
  'Whether two ids of one kind are not the same: a dataset that has one cannot be one that has the other.';

create or replace function harvest.open_join(source bigint) returns void language plpgsql as $$
begin
  create temporary table if not exists join_sides (
    is_new boolean, dataset_id uuid, key text, platform_id text, service_urls text[], title text, issued text, mate text,
    rule text) on commit drop;
  create temporary table if not exists join_doubts (rule text, value text, old_keys text[], new_keys text[]) on commit drop;
  truncate join_sides, join_doubts;
end;
$$;
comment on function harvest.open_join(bigint) is 'Makes room for what went and what came, to be held against each other.';

-- All that went against all that came, rule by rule: what one rule joined the next one does not look at.
create or replace function harvest.match_sides(source bigint, rules text[]) returns void
language plpgsql set enable_nestloop = off as $$
#variable_conflict use_column
declare
  next_rule text;
begin
  analyze join_sides;
  foreach next_rule in array rules loop
    with hint as materialized (
      select j.is_new, j.key, j.platform_id, h.value
      from join_sides j
      cross join harvest.hints_of(j.key, j.platform_id, j.service_urls, j.title, j.issued) h
      where j.mate is null and h.rule = next_rule
    ),
    met as materialized (
      select
        h.value, array_agg(h.key order by h.key) filter (where not h.is_new) as old_keys,
        array_agg(h.key order by h.key) filter (where h.is_new) as new_keys,
        max(h.platform_id) filter (where not h.is_new) as old_platform_id,
        max(h.platform_id) filter (where h.is_new) as new_platform_id
      from hint h
      group by h.value
      having bool_or(h.is_new) and bool_or(not h.is_new)
    ),
    doubted as (
      insert into join_doubts
      select next_rule, m.value, m.old_keys, m.new_keys
      from met m
      where cardinality(m.old_keys) > 1 or cardinality(m.new_keys) > 1
    ),
    pair as (
      select m.old_keys[1] as old_key, m.new_keys[1] as new_key
      from met m
      where cardinality(m.old_keys) = 1 and cardinality(m.new_keys) = 1
        and harvest.are_other_platform_ids(m.old_platform_id, m.new_platform_id) is not true
        -- What a person undid is not done again.
        and not exists (
          select from harvest.renames n
          where n.source_id = match_sides.source and n.old_key = m.old_keys[1] and n.new_key = m.new_keys[1]
            and n.undone_at is not null)
    ),
    side as (
      select true as is_new, p.new_key as key, p.old_key as mate from pair p
      union all
      select false, p.old_key, p.new_key from pair p
    )
    update join_sides j
    set mate = s.mate, rule = next_rule
    from side s
    where s.is_new = j.is_new and s.key = j.key;
  end loop;
end;
$$;
comment on function harvest.match_sides(bigint, text[]) is
  'Finds the mate of each side: rule by rule, where there is one on either side and no other platform id speaks against it.';

create or replace function harvest.add_old_sides(source bigint, first bigint) returns void
language plpgsql set enable_nestloop = off as $$
begin
  insert into join_sides (is_new, dataset_id, key, platform_id, service_urls, title, issued)
  select false, d.id, d.key, d.platform_id, d.service_urls, d.title, d.issued
  from harvest.datasets d
  left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
  where d.source_id = add_old_sides.source and d.retired_at is null and (s.run_id is null or s.run_id < add_old_sides.first);
end;
$$;
comment on function harvest.add_old_sides(bigint, bigint) is 'Adds what runs since the first one did not see to what is to be joined.';

create or replace function harvest.join_datasets(run bigint, source bigint, rules text[], now timestamptz)
returns table (rule text, joined bigint, ambiguous bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  first bigint := (select min(c.id) from ops.chain_of(join_datasets.run) c);
  batch constant integer := 500;
  last text := '';
  keys text[];
  mates text[];
  sure text[];
begin
  perform harvest.open_join(join_datasets.source);
  perform harvest.add_old_sides(join_datasets.source, first);
  loop
    exit when not exists (select from join_sides j where not j.is_new);
    select array_agg(p.key order by p.key), max(p.key) into keys, last
    from (
      select r.key
      from harvest.records r
      join harvest.sightings s on s.source_id = r.source_id and s.key = r.key and s.run_id >= first
      where r.source_id = join_datasets.source and r.dataset_id is null and r.problem is null and r.key > last
      order by r.key
      limit batch
    ) p;
    exit when keys is null;
    insert into join_sides (is_new, key, platform_id, service_urls, title, issued)
    select true, m.key, (m.mapped).platform_id, (m.mapped).service_urls, (m.mapped).title, (m.mapped).issued
    from harvest.mapped_records(join_datasets.source, keys) m
    where m.problem is null;
  end loop;
  perform harvest.match_sides(join_datasets.source, rules);
  -- What another rule was sure of is in doubt no more.
  insert into harvest.ambiguities (run_id, source_id, rule, value, old_keys, new_keys)
  select
    join_datasets.run, join_datasets.source, d.rule, left(d.value, 1000), array_agg(j.key order by j.key) filter (where not j.is_new),
    array_agg(j.key order by j.key) filter (where j.is_new)
  from join_doubts d
  cross join lateral (
    select false as is_new, unnest(d.old_keys) as key
    union all
    select true, unnest(d.new_keys)
  ) k
  join join_sides j using (is_new, key)
  where j.mate is null
  group by d.rule, d.value
  having bool_or(j.is_new) and bool_or(not j.is_new)
  on conflict do nothing;
  last := '';
  loop
    select array_agg(j.key), array_agg(j.mate), array_agg(j.rule), max(j.key) into keys, mates, sure, last
    from (
      select j.key, j.mate, j.rule from join_sides j
      where not j.is_new and j.mate is not null and j.key > last
      order by j.key
      limit batch
    ) j;
    exit when keys is null;
    perform harvest.rename_datasets(join_datasets.run, join_datasets.source, keys, mates, sure, join_datasets.now);
  end loop;
  return query
  select
    r.rule, (select count(*) from join_sides j where not j.is_new and j.rule = r.rule),
    (select count(*) from harvest.ambiguities a
     where a.run_id = join_datasets.run and a.source_id = join_datasets.source and a.rule = r.rule)
  from unnest(rules) with ordinality as r (rule, n)
  order by r.n;
end;
$$;
comment on function harvest.join_datasets(bigint, bigint, text[], timestamptz) is
  'Joins what a complete walk did not see with what is new in it, where a rule finds one on either side; others are ambiguous.';

create or replace function harvest.rename_datasets(
  run bigint, source bigint, old_keys text[], new_keys text[], rules text[], now timestamptz)
returns bigint language plpgsql as $$
#variable_conflict use_column
declare
  mapper text := harvest.mapper_of(rename_datasets.source);
  targets harvest.target[];
  renamed bigint;
begin
  select array_agg(row(d.id, p.new_key, r.raw, r.content_hash, r.updated_at, false)::harvest.target) into targets
  from unnest(old_keys, new_keys) as p (old_key, new_key)
  -- By key, pair by pair: a source that the statistics do not know yet seems to have one dataset and one record, and joined
  -- in another order, all would be held against all.
  cross join lateral (
    select d.id from harvest.datasets d where d.source_id = rename_datasets.source and d.key = p.old_key offset 0
  ) d
  cross join lateral (
    select
      -- What its page mapped is not mapped again.
      case when not exists (
        select from harvest.pending_mappings m
        where m.source_id = r.source_id and m.key = r.key and m.content_hash = r.content_hash and m.mapped_by = mapper) then r.raw end
        as raw,
      r.content_hash, r.updated_at
    from harvest.records r
    where r.source_id = rename_datasets.source and r.key = p.new_key and r.dataset_id is null
    offset 0
  ) r;
  with done as materialized (
    select c.dataset_id, c.key
    from harvest.change_datasets(rename_datasets.run, rename_datasets.source, 'renamed', rename_datasets.now, targets) c
    where c.outcome = 'renamed'
  ),
  moved as (
    insert into harvest.renames as n (source_id, dataset_id, old_key, new_key, rule, run_id, renamed_at)
    select rename_datasets.source, done.dataset_id, p.old_key, p.new_key, p.rule, rename_datasets.run, rename_datasets.now
    from unnest(old_keys, new_keys, rules) as p (old_key, new_key, rule)
    join done on done.key = p.old_key
    returning n.dataset_id, n.old_key, n.new_key
  ),
  -- Its record is the one that came with the new key; that of the old one is kept by the version.
  gone as (
    delete from harvest.records r using moved m
    where r.source_id = rename_datasets.source and r.key = any (old_keys) and r.key = m.old_key
  ),
  unseen as (
    delete from harvest.sightings s using moved m
    where s.source_id = rename_datasets.source and s.key = any (old_keys) and s.key = m.old_key
  )
  update harvest.records r
  set dataset_id = m.dataset_id, waiting_run_id = null
  from moved m
  where r.source_id = rename_datasets.source and r.key = any (new_keys) and r.key = m.new_key;
  get diagnostics renamed = row_count;
  return renamed;
end;
$$;
comment on function harvest.rename_datasets(bigint, bigint, text[], text[], text[], timestamptz) is
  'Gives datasets the keys of records that have none: they keep their ids, and what they were is a version.';

create or replace function harvest.undo_renames(run bigint, source bigint, ids bigint[], now timestamptz)
returns bigint language plpgsql as $$
declare
  portion bigint[];
  undone bigint := 0;
begin
  -- Some at a time: their records are held, as they are now and as they were.
  for portion in
    select array_agg(i.id)
    from unnest(ids) with ordinality as i (id, place)
    group by (i.place - 1) / 500
    order by min(i.place)
  loop
    undone := undone + harvest.undo_some_renames(run, source, portion, now);
  end loop;
  return undone;
end;
$$;
comment on function harvest.undo_renames(bigint, bigint, bigint[], timestamptz) is
  'Gives renamed datasets their old key and record back; the record of the new key waits for a dataset of its own.';

create or replace function harvest.undo_some_renames(run bigint, source bigint, ids bigint[], now timestamptz)
returns bigint language plpgsql as $$
#variable_conflict use_column
declare
  targets harvest.target[];
  undone bigint;
begin
  create temporary table if not exists undone_renames (
    id bigint, dataset_id uuid, old_key text, new_key text, raw jsonb, content_hash text, was_retired boolean) on commit drop;
  truncate undone_renames;
  insert into undone_renames
  select n.id, n.dataset_id, n.old_key, n.new_key, coalesce(v.raw, r.raw), v.content_hash, v.was_retired
  from harvest.renames n
  join harvest.datasets d on d.id = n.dataset_id and d.key = n.new_key
  join harvest.records r on r.source_id = n.source_id and r.key = n.new_key
  join lateral (
    select v.* from harvest.versions v
    where v.source_id = n.source_id and v.dataset_id = n.dataset_id and v.run_id = n.run_id and v.cause = 'renamed'
    order by v.valid_to desc
    limit 1
  ) v on true
  where n.id = any (ids) and n.source_id = undo_some_renames.source and n.undone_at is null
    -- Its old key may have been given to another record since.
    and not exists (select from harvest.records o where o.source_id = n.source_id and o.key = n.old_key);
  select array_agg(row(u.dataset_id, u.old_key, u.raw, u.content_hash, null, u.was_retired)::harvest.target) into targets
  from undone_renames u;
  with done as materialized (
    select c.dataset_id
    from harvest.change_datasets(undo_some_renames.run, undo_some_renames.source, 'undone', undo_some_renames.now, targets) c
    where c.outcome = 'renamed'
  )
  update harvest.renames n
  set undone_at = undo_some_renames.now, undone_run_id = undo_some_renames.run
  from undone_renames u join done using (dataset_id)
  where n.id = u.id;
  get diagnostics undone = row_count;
  update harvest.records r
  set dataset_id = null
  from undone_renames u join harvest.renames n on n.id = u.id and n.undone_run_id = undo_some_renames.run
  where r.source_id = undo_some_renames.source and r.key = u.new_key;
  insert into harvest.records (source_id, key, raw, content_hash, dataset_id, first_seen_at, changed_at)
  select undo_some_renames.source, u.old_key, u.raw, u.content_hash, u.dataset_id, d.first_seen_at, undo_some_renames.now
  from undone_renames u
  join harvest.renames n on n.id = u.id and n.undone_run_id = undo_some_renames.run
  join harvest.datasets d on d.id = u.dataset_id;
  return undone;
end;
$$;
comment on function harvest.undo_some_renames(bigint, bigint, bigint[], timestamptz) is 'As undo_renames, all of them at once.';

-- ---- history ----

create or replace function harvest.runs_upon(run bigint) returns table (run_id bigint) language sql stable as $$
  with ended as (
    select v.source_id, v.dataset_id, min(v.valid_to) as since from harvest.versions v
    where v.run_id = runs_upon.run and v.cause <> 'mapped'
    group by v.source_id, v.dataset_id
    union all
    select c.source_id, c.dataset_id, c.changed_at from harvest.changes c where c.run_id = runs_upon.run and c.change = 'added'
  )
  select v.run_id
  from ended e
  join harvest.versions v
    on v.source_id = e.source_id and v.dataset_id = e.dataset_id and v.valid_to > e.since and v.valid_from >= e.since
  where v.run_id <> runs_upon.run and v.cause <> 'mapped'
  union
  -- The key that it took away was given to another.
  select c.run_id
  from harvest.renames n
  join harvest.datasets d on d.source_id = n.source_id and d.key = n.old_key and d.id <> n.dataset_id
  join harvest.changes c on c.dataset_id = d.id
  where n.run_id = runs_upon.run and n.undone_at is null
  order by 1
$$;
comment on function harvest.runs_upon(bigint) is 'The later runs that changed what a run had changed: with them it cannot be undone.';

create or replace function harvest.undo_run(
  run bigint, source bigint, undone_run bigint, now timestamptz, out changed bigint, out retired bigint, out renamed bigint)
language plpgsql strict as $$
#variable_conflict use_column
declare
  batch constant integer := 500;
  ids uuid[];
  last uuid := '00000000-0000-0000-0000-000000000000';
  targets harvest.target[];
  done bigint;
  gone bigint;
begin
  changed := 0;
  retired := 0;
  renamed := harvest.undo_renames(
    undo_run.run, undo_run.source,
    array(select n.id from harvest.renames n where n.run_id = undone_run and n.source_id = undo_run.source and n.undone_at is null),
    undo_run.now);
  loop
    select array_agg(t.dataset_id), (array_agg(t.dataset_id order by t.dataset_id desc))[1] into ids, last
    from (
      select distinct t.dataset_id
      from (
        select v.dataset_id from harvest.versions v
        where v.run_id = undone_run and v.source_id = undo_run.source and v.cause not in ('mapped', 'renamed')
        union all
        select c.dataset_id from harvest.changes c
        where c.run_id = undone_run and c.source_id = undo_run.source and c.change = 'added'
      ) t
      where t.dataset_id > last
      order by 1
      limit batch
    ) t;
    exit when ids is null;
    select array_agg(
      case
        when v.dataset_id is null then row(i.id, null, null, null, null, true)::harvest.target
        else row(i.id, null, v.raw, v.content_hash, null, v.was_retired)::harvest.target
      end)
    into targets
    from unnest(ids) i (id)
    left join lateral (
      -- What it was before the run: the first state that the run ended, and the first record that it took away.
      select
        v.source_id, v.dataset_id, v.content_hash, v.was_retired, (
          select w.raw from harvest.versions w
          where w.source_id = v.source_id and w.dataset_id = v.dataset_id and w.run_id = undone_run and w.raw is not null
          order by w.valid_from
          limit 1
        ) as raw
      from harvest.versions v
      where v.source_id = undo_run.source and v.dataset_id = i.id and v.run_id = undone_run
        and not exists (
          select from harvest.changes c where c.dataset_id = v.dataset_id and c.run_id = undone_run and c.change = 'added')
      order by v.valid_from
      limit 1
    ) v on true;
    select count(*) filter (where c.outcome not in ('unchanged', 'unmappable', 'retired')), count(*) filter (where c.outcome = 'retired')
    into done, gone
    from harvest.change_datasets(undo_run.run, undo_run.source, 'undone', undo_run.now, targets, format('run %s was undone', undone_run)) c;
    changed := changed + done;
    retired := retired + gone;
  end loop;
end;
$$;
comment on function harvest.undo_run(bigint, bigint, bigint, timestamptz) is
  'Brings back what a run changed in a source, as another run: keys, contents, retirements; what it added is retired.';

create or replace function harvest.remap_datasets(
  run bigint, source bigint, after_key text, most integer, now timestamptz, out mapped bigint, out unmappable bigint,
  out last_key text)
language plpgsql as $$
#variable_conflict use_column
declare
  targets harvest.target[];
begin
  if coalesce(after_key, '') = '' then
    -- What the mapping before could not read waits for the next settling.
    update harvest.records r set problem = null where r.source_id = remap_datasets.source and r.problem is not null;
  end if;
  select
    array_agg(row(p.dataset_id, null, p.raw, p.content_hash, p.updated_at, p.is_retired)::harvest.target order by p.key), max(p.key)
  into targets, last_key
  from (
    select r.dataset_id, r.raw, d.content_hash, r.updated_at, d.retired_at is not null as is_retired, r.key
    from harvest.records r join harvest.datasets d on d.id = r.dataset_id
    where r.source_id = remap_datasets.source and r.key > coalesce(after_key, '')
    order by r.key
    limit most
  ) p;
  select count(*) filter (where c.outcome = 'mapped'), count(*) filter (where c.outcome = 'unmappable') into mapped, unmappable
  from harvest.change_datasets(remap_datasets.run, remap_datasets.source, 'mapped', remap_datasets.now, targets) c;
  if last_key is null then
    update harvest.sources s set kind_hash = k.hash
    from harvest.kinds k
    where s.id = remap_datasets.source and k.name = s.kind and s.kind_hash is distinct from k.hash;
  end if;
end;
$$;
comment on function harvest.remap_datasets(bigint, bigint, text, integer, timestamptz) is
  'Maps held records anew, so many after a key; without a last key all are done.';

-- ---- plans ----

create or replace function harvest.base_of(source bigint) returns text language sql stable as $$
  -- How often a dataset was missed is a part of it: one walk more and it is retired.
  with held as (
    select d.key, concat_ws(' ', d.key, d.content_hash, r.missed, case when d.retired_at is not null then 'retired' end) as line
    from harvest.datasets d
    left join harvest.records r on r.source_id = d.source_id and r.key = d.key
    where d.source_id = base_of.source
    union all
    select r.key, concat_ws(' ', r.key, r.content_hash, 'pending')
    from harvest.records r
    where r.source_id = base_of.source and r.dataset_id is null
  )
  select encode(sha256(convert_to(concat_ws(E'\n',
    harvest.mapper_of(base_of.source),
    (select k.declaration -> 'identity' from harvest.sources s join harvest.kinds k on k.name = s.kind where s.id = base_of.source),
    string_agg(h.line, E'\n' order by h.key collate "C", h.line collate "C")), 'UTF8')), 'hex')
  from held h
$$;
comment on function harvest.base_of(bigint) is
  'A hash of what a source holds, and of what its records are mapped and known again by: a plan that was made on another one is refused.';

create or replace function harvest.outcomes_of_plan(plan uuid, rules text[], after integer)
returns table (change text, key text, new_key text, title text, content_hash text)
language plpgsql as $$
#variable_conflict use_column
declare
  source bigint := (select p.source_id from harvest.plans p where p.id = plan);
  kind text := (select s.kind from harvest.sources s where s.id = source);
  keys text[];
  raws jsonb[];
  last text := '';
begin
  perform harvest.open_join(source);
  insert into join_sides (is_new, dataset_id, key, platform_id, service_urls, title, issued)
  select false, d.id, d.key, d.platform_id, d.service_urls, d.title, d.issued
  from harvest.datasets d
  where d.source_id = source and d.retired_at is null
    and not exists (select from harvest.planned_records p where p.plan_id = plan and p.key = d.key);
  loop
    select array_agg(n.key order by n.key), array_agg(n.raw order by n.key), max(n.key) into keys, raws, last
    from (
      select p.key, coalesce(p.raw, r.raw) as raw
      from harvest.planned_records p
      left join harvest.records r on r.source_id = source and r.key = p.key
      where p.plan_id = plan and r.dataset_id is null and p.key > last
      order by p.key
      limit 500
    ) n;
    exit when keys is null;
    insert into join_sides (is_new, key, platform_id, service_urls, title, issued)
    select true, m.key, (m.mapped).platform_id, (m.mapped).service_urls, (m.mapped).title, (m.mapped).issued
    from harvest.mapped(kind, source, keys, raws) m
    where m.problem is null;
  end loop;
  perform harvest.match_sides(source, rules);
  return query
  select
    case when j.mate is not null then 'renamed' when j.is_new then 'added' else 'retired' end,
    case when j.is_new then coalesce(j.mate, j.key) else j.key end, case when j.is_new and j.mate is not null then j.key end,
    j.title, p.content_hash
  from join_sides j
  left join harvest.planned_records p on p.plan_id = plan and p.key = j.key and j.is_new
  left join harvest.records r on r.source_id = source and r.key = j.key and not j.is_new
  where (j.is_new or j.mate is null) and (j.is_new or coalesce(r.missed, 0) + 1 >= after)
  union all
  select
    case when d.retired_at is not null then 'restored' else 'changed' end, p.key, null, d.title, p.content_hash
  from harvest.planned_records p
  join harvest.datasets d on d.source_id = source and d.key = p.key
  where p.plan_id = plan and (d.retired_at is not null or d.content_hash <> p.content_hash);
end;
$$;
comment on function harvest.outcomes_of_plan(uuid, text[], integer) is
  'What would be added, changed, restored, renamed and retired if a plan were applied.';

-- Of a resumed run the first one began, and nobody wrote in between; a plan is applied once, on what it was made for.
create or replace function harvest.begin_plan(run bigint, plan uuid, source bigint) returns boolean language plpgsql as $$
declare
  known harvest.plans;
begin
  select p.* into known from harvest.plans p where p.id = begin_plan.plan and p.source_id = begin_plan.source for update;
  if not found then
    return true;
  elsif known.applied_run_id is not null then
    return known.applied_run_id not in (select c.id from ops.chain_of(begin_plan.run) c)
      or exists (
        select from ops.runs first
        join ops.runs r on r.room = first.room and r.flow = first.flow and r.scope = first.scope and r.id > first.id
        where first.id = known.applied_run_id and r.mode <> 'plan'
          and r.id not in (select c.id from ops.chain_of(begin_plan.run) c));
  elsif known.base <> harvest.base_of(begin_plan.source) then
    return true;
  end if;
  update harvest.plans p set applied_run_id = begin_plan.run where p.id = begin_plan.plan;
  return false;
end;
$$;
comment on function harvest.begin_plan(bigint, uuid, bigint) is
  'Takes a plan to be applied by a run; says whether it is refused: applied before, or what the source holds is another thing.';

-- ---- copies ----

create or replace function harvest.find_copies(now timestamptz) returns table (rule text, found bigint, lost bigint)
language plpgsql set enable_nestloop = off as $$
#variable_conflict use_column
begin
  return query
  with typed as materialized (
    select d.id, d.source_id, k.rule, k.value
    from harvest.datasets d
    cross join lateral (
      select 'persistent-id' as rule, unnest(d.persistent_ids) as value
      union all
      select '4x4', d.platform_id where d.platform_id ~ '^[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}$'
      union all
      select 'item-id', d.platform_id where d.platform_id ~ '^[0-9a-f]{32}'
      union all
      select 'landing-page', harvest.normal_url(d.landing_page) where d.landing_page like 'http%/%/_%'
      union all
      select 'url-set', string_agg(u.url, ' ' order by u.url)
      from (
        select distinct harvest.normal_url(coalesce(f.download_url, f.access_url)) as url
        from harvest.distributions f
        where f.dataset_id = d.id and f.media_type is distinct from 'text/html'
      ) u
      -- Whether it is null is asked here and not below it: there each address would be made normal twice.
      having count(u.url) > 0
    ) k
    where d.retired_at is null
  ),
  -- What several datasets of one source have in common tells none of them apart.
  single as materialized (
    select t.rule, t.value, t.source_id, (array_agg(t.id))[1] as id
    from typed t
    group by t.rule, t.value, t.source_id
    having count(*) = 1
  ),
  pair as materialized (
    select least(a.id, b.id) as dataset_id, greatest(a.id, b.id) as copy_id, a.rule, min(a.value) as value
    from single a join single b on b.rule = a.rule and b.value = a.value and b.source_id > a.source_id
    group by 1, 2, 3
  ),
  forgotten as (
    delete from harvest.copies c
    where not exists (
      select from pair p where p.dataset_id = c.dataset_id and p.copy_id = c.copy_id and p.rule = c.rule)
    returning c.rule
  ),
  kept as (
    insert into harvest.copies (dataset_id, copy_id, rule, value, found_at)
    select p.dataset_id, p.copy_id, p.rule, left(p.value, 1000), find_copies.now from pair p
    on conflict do nothing
    returning copies.rule
  )
  select r.rule, count(*) filter (where r.is_found), count(*) filter (where not r.is_found)
  from (select k.rule, true as is_found from kept k union all select f.rule, false from forgotten f) r
  group by r.rule;
end;
$$;
comment on function harvest.find_copies(timestamptz) is
  'Links datasets of different sources by typed keys that each of them has alone in its source, with the key that says so.';

create or replace function harvest.without_secrets(said text) returns text language plpgsql immutable parallel safe as $$
begin
  return ops.without_secrets(said);
end;
$$;
comment on function harvest.without_secrets(text) is 'ops.without_secrets for views of this room, which are made before it is.';
