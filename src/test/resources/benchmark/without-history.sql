-- What a harvest would be that keeps no history: datasets are made what they are to be, nothing is compared, kept or told.

create or replace function harvest.change_datasets(
  run bigint, source bigint, cause text, now timestamptz, targets harvest.target[], reason text default null)
returns table (dataset_id uuid, key text, outcome text, problem text)
language plpgsql set timezone = 'UTC' as $$
#variable_conflict use_column
declare
  kind text := (select s.kind from harvest.sources s where s.id = change_datasets.source);
begin
  return query
  with target as materialized (
    select t.dataset_id, d.key, t.raw, t.content_hash, t.updated_at, r.ctid as place
    from unnest(targets) t
    join harvest.datasets d on d.id = t.dataset_id
    left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  ),
  step as materialized (
    select t.dataset_id, t.key, t.place, t.raw, t.content_hash, t.updated_at, m.mapped
    from (select array_agg(t.key) as keys, array_agg(t.raw) as raws from target t) given
    cross join harvest.mapped(kind, change_datasets.source, given.keys, given.raws) m
    join target t on t.key = m.key
  ),
  changed as (
    update harvest.datasets d
    set content_hash = s.content_hash, changed_at = change_datasets.now, last_changed_at = change_datasets.now,
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
    where d.id = s.dataset_id
  ),
  fewer as (
    delete from harvest.distributions d
    using step s
    where d.dataset_id = s.dataset_id and d.position > cardinality((s.mapped).distributions)
  ),
  distributed as (
    insert into harvest.distributions as d (
      dataset_id, position, title, format, media_type, access_url, download_url, bytes, license)
    select s.dataset_id, d.position, d.title, d.format, d.media_type, d.access_url, d.download_url, d.bytes, d.license
    from step s
    cross join lateral unnest((s.mapped).distributions)
      with ordinality as d (title, format, media_type, access_url, download_url, bytes, license, position)
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
    set raw = s.raw, content_hash = s.content_hash, updated_at = s.updated_at, changed_at = change_datasets.now, missed = 0
    from step s
    where r.ctid = s.place
  )
  select s.dataset_id, s.key, 'changed', null::text from step s;
end;
$$;

-- Settling tells what was added, and nothing else of it is history.
do $$
declare
  settling text := pg_get_functiondef('harvest.settle_datasets'::regproc);
  told constant text := 'settle_datasets.now from made m order by m.key';
begin
  if strpos(settling, told) = 0 then
    raise exception 'harvest.settle_datasets tells what was added in other words than this file knows.';
  end if;
  execute replace(settling, told, 'settle_datasets.now from made m where false');
end;
$$;
