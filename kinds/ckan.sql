-- A package of CKAN. What it has harvested from elsewhere is told by extras, a list of {key, value}.
select
  'dataset' as record_type,
  coalesce(harvest.text_in(raw -> 'title_translated', (source).language), harvest.text_in(raw -> 'title', (source).language),
    raw ->> 'name') as title,
  coalesce(harvest.text_in(raw -> 'notes_translated', (source).language), harvest.text_in(raw -> 'notes', (source).language))
    as description,
  harvest.moment(coalesce(extras ->> 'issued', raw ->> 'metadata_created')) as issued_at,
  coalesce(extras ->> 'issued', raw ->> 'metadata_created') as issued,
  coalesce(harvest.moment(extras ->> 'modified'), harvest.moment(raw ->> 'metadata_modified')) as modified_at,
  coalesce(extras ->> 'modified', raw ->> 'metadata_modified') as modified,
  coalesce(harvest.text_in(raw #> '{organization,title}'), extras ->> 'publisher_name', nullif(raw ->> 'author', '')) as publisher,
  harvest.address(extras ->> 'publisher_uri') as publisher_uri,
  coalesce(nullif(raw ->> 'maintainer_email', ''), nullif(raw ->> 'author_email', ''),
    nullif(raw ->> 'maintainer', ''), nullif(raw ->> 'author', '')) as contact,
  -- "notspecified" is how CKAN says that nobody chose one.
  case when coalesce(raw ->> 'license_id', '') <> 'notspecified' then
    coalesce(nullif(raw ->> 'license_title', ''), nullif(raw ->> 'license_id', '')) end as license,
  harvest.address(raw ->> 'license_url') as license_uri,
  case when raw -> 'private' = 'true' then 'non-public' else coalesce(extras ->> 'accessLevel', 'public') end as access_level,
  array(select * from harvest.each_text(raw -> 'groups')) as themes,
  array(select * from harvest.each_text(raw -> 'tags')) as keywords,
  extras ->> 'spatial' as spatial,
  harvest.bbox(extras -> 'spatial') as bbox,
  nullif(concat_ws('/', extras ->> 'temporal_start', extras ->> 'temporal_end'), '') as temporal,
  harvest.moment(extras ->> 'temporal_start')::date as temporal_from,
  harvest.moment(extras ->> 'temporal_end')::date as temporal_to,
  harvest.language_tags(coalesce(raw -> 'language', extras -> 'language')) as languages,
  coalesce(harvest.address(raw ->> 'url'), (source).url || '/dataset/' || (raw ->> 'name')) as landing_page,
  coalesce(extras ->> 'harvest_source_title', extras ->> 'harvest_url') as harvested_from,
  origin as harvested_key,
  harvest.persistent_ids(array[raw ->> 'doi', extras ->> 'doi', origin, raw ->> 'url']) as persistent_ids,
  -- Its own UUID is the key, which a portal that is set up anew gives anew; this is the id that it had where it came from.
  harvest.platform_id(coalesce(origin, raw ->> 'url')) as platform_id,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  nullif(extras - '{harvest_object_id,harvest_source_id,harvest_source_title,spatial,guid,identifier}'::text[], '{}') as extras,
  distributions
from (
  select harvest.pairs(raw -> 'extras') as extras, (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
          'title', harvest.text_in(coalesce(resource -> 'name_translated', resource -> 'name'), (source).language),
          'format', nullif(lower(btrim(resource ->> 'format', ' .')), ''),
          'media_type', nullif(resource ->> 'mimetype', ''),
          'access_url', harvest.address(resource ->> 'url'),
          'download_url', case when resource ->> 'url_type' in ('upload', 'datastore') then harvest.address(resource ->> 'url') end,
          'bytes', harvest.whole(resource ->> 'size'))))
      from jsonb_array_elements(harvest.list(raw -> 'resources')) resources (resource)
    ) as distributions
  offset 0
) parts
cross join lateral (select coalesce(extras ->> 'guid', extras ->> 'identifier') as origin offset 0) origins
