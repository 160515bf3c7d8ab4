-- What statements and views of the catalogue share: what changed between two states, and the states of the past.

create or replace function catalog.sorted(list jsonb) returns jsonb language sql immutable parallel safe as $$
  select case
    when jsonb_typeof(list) = 'array' then (select jsonb_agg(e order by e) from jsonb_array_elements(list) e)
    else list
  end
$$;
comment on function catalog.sorted(jsonb) is 'A list in the order of its values, for the API shuffles some; what is none as it is.';

create or replace function catalog.is_noise(fields text[]) returns boolean language sql immutable parallel safe as $$
  select fields <@ '{updated_at,data_updated_at,metadata_updated_at,resource.publication_date}'::text[]
$$;
comment on function catalog.is_noise(text[]) is 'Whether it is no news if nothing but these fields changed: moments of modification.';

create or replace function catalog.state_of(dataset catalog.socrata_datasets) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object(
    'domain', dataset.domain, 'host', dataset.host, 'name', dataset.name, 'description', dataset.description,
    'type', dataset.type, 'category', dataset.category, 'tags', dataset.tags, 'agency', dataset.agency,
    'attribution', dataset.attribution, 'provenance', dataset.provenance, 'license', dataset.license,
    'permalink', dataset.permalink, 'link', dataset.link, 'created_at', dataset.created_at,
    'updated_at', dataset.updated_at, 'data_updated_at', dataset.data_updated_at,
    'metadata_updated_at', dataset.metadata_updated_at, 'page_views', dataset.page_views,
    'download_count', dataset.download_count, 'first_seen_at', dataset.first_seen_at,
    'last_changed_at', dataset.last_changed_at, 'retired_at', dataset.retired_at,
    'retired_reason', dataset.retired_reason, 'retired_run_id', dataset.retired_run_id)
$$;
comment on function catalog.state_of(catalog.socrata_datasets) is 'What a version keeps of a dataset beside its raw record.';

create or replace function catalog.columns_of(raw jsonb) returns jsonb language sql immutable parallel safe as $$
  select jsonb_agg(c.parts order by c.parts)
  from (
    select jsonb_build_array(name, field_name, datatype, description, format) as parts
    from rows from (
      jsonb_array_elements(jsonb_path_query_array(raw, '$.resource.columns_name[*]')),
      jsonb_array_elements(jsonb_path_query_array(raw, '$.resource.columns_field_name[*]')),
      jsonb_array_elements(jsonb_path_query_array(raw, '$.resource.columns_datatype[*]')),
      jsonb_array_elements(jsonb_path_query_array(raw, '$.resource.columns_description[*]')),
      jsonb_array_elements(jsonb_path_query_array(raw, '$.resource.columns_format[*]'))
    ) as listed (name, field_name, datatype, description, format)
  ) c
$$;
comment on function catalog.columns_of(jsonb) is 'The columns that a record lists, in an order that does not depend on the server.';

create or replace function catalog.beside_columns(raw jsonb) returns jsonb[] language sql immutable parallel safe as $$
  select array[
    case when jsonb_typeof(raw -> 'resource') = 'object' then (raw -> 'resource') - '{id,name,description,type,attribution,
      provenance,createdAt,updatedAt,data_updated_at,metadata_updated_at,page_views,view_count,download_count,score}'::text[]
      else '{}' end,
    case when jsonb_typeof(raw -> 'classification') = 'object' then (raw -> 'classification') - '{domain_category,domain_tags,
      page_views,view_count,download_count,score}'::text[] else '{}' end,
    case when jsonb_typeof(raw -> 'metadata') = 'object' then (raw -> 'metadata') - '{domain,license}'::text[] else '{}' end,
    case when jsonb_typeof(raw) = 'object' then raw - '{resource,classification,metadata,permalink,link,page_views,view_count,
      download_count,score}'::text[] else '{}' end]
$$;
comment on function catalog.beside_columns(jsonb) is
  'What a record says beside what catalog.socrata_datasets has columns for: of its resource, classification, metadata, and the rest.';

-- What the server shuffles is compared in order, what changes with each crawl not at all: as the content hash has it.
create or replace function catalog.changed_fields(before catalog.socrata_datasets, after catalog.socrata_datasets) returns text[]
language plpgsql immutable parallel safe as $$
declare
  columns text[] := array_remove(array[
    case when before.domain <> after.domain then 'domain' end,
    case when before.host <> after.host then 'host' end,
    case when before.name <> after.name then 'name' end,
    case when before.description is distinct from after.description then 'description' end,
    case when before.type is distinct from after.type then 'type' end,
    case when before.category is distinct from after.category then 'category' end,
    case when before.tags <> after.tags and not (before.tags <@ after.tags and after.tags <@ before.tags) then 'tags' end,
    case when before.agency is distinct from after.agency then 'agency' end,
    case when before.attribution is distinct from after.attribution then 'attribution' end,
    case when before.provenance is distinct from after.provenance then 'provenance' end,
    case when before.license is distinct from after.license then 'license' end,
    case when before.permalink is distinct from after.permalink then 'permalink' end,
    case when before.link is distinct from after.link then 'link' end,
    case when before.created_at is distinct from after.created_at then 'created_at' end,
    case when before.updated_at is distinct from after.updated_at then 'updated_at' end,
    case when before.data_updated_at is distinct from after.data_updated_at then 'data_updated_at' end,
    case when before.metadata_updated_at is distinct from after.metadata_updated_at then 'metadata_updated_at' end], null);
  rest_before jsonb[];
  rest_after jsonb[];
begin
  if before.content_hash = after.content_hash then
    return columns;
  end if;
  -- Most changes are of what the columns say, and to find that nothing else changed is cheap.
  rest_before := catalog.beside_columns(before.raw);
  rest_after := catalog.beside_columns(after.raw);
  if rest_before = rest_after then
    return columns;
  end if;
  return columns || array(
    with differing as (
      select part.place || field.key as path, field.key, field.old, field.new
      from unnest('{resource.,classification.,metadata.,""}'::text[], rest_before, rest_after) as part (place, old, new)
      cross join lateral (
        select key, o.value as old, n.value as new
        from jsonb_each(part.old) o full join jsonb_each(part.new) n using (key)
        where o.value is distinct from n.value
      ) field
      where part.old <> part.new
    )
    select path
    from differing
    where key not like 'columns\_%'
      and (key <> all ('{categories,tags,domain_metadata,domain_private_metadata,parent_fxf}'::text[])
        or catalog.sorted(old) is distinct from catalog.sorted(new))
    union all
    -- The lists belong together: a column is what stands at one place in all of them.
    select 'columns'
    where exists (select from differing where key like 'columns\_%')
      and catalog.columns_of(before.raw) is distinct from catalog.columns_of(after.raw)
    order by 1);
end;
$$;
comment on function catalog.changed_fields(catalog.socrata_datasets, catalog.socrata_datasets) is
  'What the second of two states of a dataset has otherwise; nothing if they hold the same record.';

create or replace function catalog.raw_of(version catalog.versions) returns jsonb language sql stable as $$
  select coalesce(
    version.raw,
    (
      select later.raw
      from catalog.versions later
      where later.region = version.region and later.dataset_id = version.dataset_id
        and later.valid_from >= version.valid_to and later.raw is not null
      order by later.valid_from
      limit 1
    ),
    (select d.raw from catalog.socrata_datasets d where d.region = version.region and d.id = version.dataset_id))
$$;
comment on function catalog.raw_of(catalog.versions) is 'The record of a state: its own, or the same one kept with a later state.';

create or replace function catalog.datasets_at(moment timestamptz) returns setof catalog.socrata_datasets
language sql stable as $$
  select d.*
  from catalog.socrata_datasets d
  where d.changed_at <= moment and d.retired_at is null
  union all
  select
    v.region, v.dataset_id, s.domain, s.host, s.name, s.description, s.type, s.category, s.tags, s.agency, s.attribution,
    s.provenance, s.license, s.permalink, s.link, s.created_at, s.updated_at, s.data_updated_at, s.metadata_updated_at,
    s.page_views, s.download_count, v.content_hash, catalog.raw_of(v), s.first_seen_at, s.last_changed_at,
    s.retired_at, s.retired_reason, s.retired_run_id, v.valid_from
  from catalog.versions v
  cross join lateral jsonb_populate_record(null::catalog.socrata_datasets, v.state) s
  where v.valid_from <= moment and moment < v.valid_to and not v.was_retired
$$;
comment on function catalog.datasets_at(timestamptz) is
  'The datasets that were held and not retired at a moment, as they were then; views and downloads as of the end of that state.';

create or replace function catalog.touched_by(run bigint) returns table (region text, dataset_id text, since timestamptz, version bigint)
language sql stable as $$
  select v.region, v.dataset_id, v.valid_to, v.id
  from catalog.versions v
  where v.run_id = touched_by.run and v.cause <> 'mapped'
  union all
  -- What it added has no state before it. One crawl of a region runs at a time.
  select d.region, d.id, d.first_seen_at, null
  from ops.runs r
  join catalog.socrata_datasets d
    on d.region = r.scope and d.first_seen_at >= r.started_at and d.first_seen_at <= coalesce(r.finished_at, 'infinity')
  where r.id = touched_by.run and r.room = 'catalog'
$$;
comment on function catalog.touched_by(bigint) is
  'What a crawl changed: datasets, when, and the version that holds the state before; NULL if it added them.';

create or replace function catalog.runs_upon(run bigint) returns table (run_id bigint) language sql stable as $$
  select distinct v.run_id
  from catalog.touched_by(runs_upon.run) t
  join catalog.versions v on v.region = t.region and v.dataset_id = t.dataset_id and v.valid_from >= t.since
  where v.run_id <> runs_upon.run and v.cause <> 'mapped'
  order by 1
$$;
comment on function catalog.runs_upon(bigint) is 'The later runs that changed what a run had changed: with them it cannot be undone.';

create or replace function catalog.undo_run(run bigint, undone bigint, now timestamptz, out changed bigint, out retired bigint)
language plpgsql as $$
begin
  with target as materialized (
    select
      d.region, d.id, greatest(undo_run.now, d.changed_at + interval '1 microsecond') as changed_at, v.id is null as is_added,
      v.content_hash, v.changed_fields, s as state, case when v.id is not null then catalog.raw_of(v) end as raw
    from catalog.touched_by(undo_run.undone) t
    join catalog.socrata_datasets d on d.region = t.region and d.id = t.dataset_id
    left join catalog.versions v on v.id = t.version
    left join lateral jsonb_populate_record(null::catalog.socrata_datasets, v.state) s on true
  ),
  kept as (
    insert into catalog.versions (
      region, dataset_id, valid_from, valid_to, run_id, cause, changed_fields, is_noise, was_retired, content_hash, state, raw)
    select
      d.region, d.id, d.changed_at, t.changed_at, undo_run.run, 'undone', coalesce(t.changed_fields, '{}'), false,
      d.retired_at is not null, d.content_hash, catalog.state_of(d), case when t.content_hash <> d.content_hash then d.raw end
    from target t join catalog.socrata_datasets d using (region, id)
  ),
  gone as (
    update catalog.socrata_datasets d
    set retired_at = t.changed_at, retired_reason = format('run %s was undone', undo_run.undone), retired_run_id = undo_run.run,
        changed_at = t.changed_at
    from target t
    where t.is_added and d.region = t.region and d.id = t.id
    returning 1
  ),
  back as (
    update catalog.socrata_datasets d
    set domain = (t.state).domain, host = (t.state).host, name = (t.state).name, description = (t.state).description,
        type = (t.state).type, category = (t.state).category, tags = (t.state).tags, agency = (t.state).agency,
        attribution = (t.state).attribution, provenance = (t.state).provenance, license = (t.state).license,
        permalink = (t.state).permalink, link = (t.state).link, created_at = (t.state).created_at,
        updated_at = (t.state).updated_at, data_updated_at = (t.state).data_updated_at,
        metadata_updated_at = (t.state).metadata_updated_at, content_hash = t.content_hash, raw = t.raw,
        last_changed_at = case when d.content_hash = t.content_hash then d.last_changed_at else t.changed_at end,
        retired_at = (t.state).retired_at, retired_reason = (t.state).retired_reason,
        retired_run_id = (t.state).retired_run_id, changed_at = t.changed_at
    from target t
    where not t.is_added and d.region = t.region and d.id = t.id
    returning 1
  )
  select (select count(*) from back), (select count(*) from gone) into changed, retired;
end;
$$;
comment on function catalog.undo_run(bigint, bigint, timestamptz) is
  'Brings back what a crawl changed, and retires what it added, each with the state that it takes back as a version.';

create or replace function catalog.base_of(region text) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', d.id, d.content_hash, d.agency, d.page_views, d.download_count, case when d.retired_at is not null then 'retired' end),
    E'\n' order by d.id collate "C"), ''), 'UTF8')), 'hex')
  from catalog.socrata_datasets d
  where d.region = base_of.region
$$;
comment on function catalog.base_of(text) is 'A hash of what a region holds: a plan that was made on another one is refused.';

create or replace function catalog.seen_by_plan(plan uuid)
returns table (id text, name text, content_hash text, is_rejected boolean) language sql stable as $$
  select r.id, r.name, r.content_hash, false
  from catalog.planned_pages p
  cross join lateral jsonb_to_recordset(convert_from(p.records, 'UTF8')::jsonb) as r (id text, name text, content_hash text)
  where p.plan_id = seen_by_plan.plan
  union all
  select r.reject ->> 'key', null, null, true
  from catalog.planned_pages p cross join lateral jsonb_array_elements(p.rejects) as r (reject)
  where p.plan_id = seen_by_plan.plan and r.reject ->> 'key' is not null
$$;
comment on function catalog.seen_by_plan(uuid) is 'What the crawl of a plan saw; a rejected record is there all the same.';

create or replace function catalog.outcomes_of_plan(plan uuid)
returns table (change text, key text, title text, content_hash text) language sql stable as $$
  select
    case when d.id is null then 'added' when d.retired_at is not null then 'restored' else 'changed' end,
    seen.id, seen.name, seen.content_hash
  from catalog.plans p
  cross join lateral catalog.seen_by_plan(p.id) seen
  left join catalog.socrata_datasets d on d.region = p.region and d.id = seen.id
  where p.id = outcomes_of_plan.plan and not seen.is_rejected
    and (d.id is null or d.retired_at is not null or d.content_hash <> seen.content_hash)
  union all
  select 'retired', d.id, d.name, null
  from catalog.plans p
  join catalog.socrata_datasets d on d.region = p.region and d.id = any (p.retired)
  where p.id = outcomes_of_plan.plan
$$;
comment on function catalog.outcomes_of_plan(uuid) is 'What would be added, changed, restored and retired if a plan were applied.';
