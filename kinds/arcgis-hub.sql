-- A feature of the search API of ArcGIS Hub: an item of ArcGIS Online, with its layer in the id if it is one.
select
  'dataset' as record_type,
  coalesce(harvest.text_in(properties -> 'title'), nullif(properties ->> 'name', '')) as title,
  coalesce(harvest.text_in(properties -> 'description'), harvest.text_in(properties -> 'snippet')) as description,
  harvest.moment(properties ->> 'created') as issued_at,
  properties ->> 'created' as issued,
  harvest.moment(properties ->> 'modified') as modified_at,
  properties ->> 'modified' as modified,
  coalesce(harvest.text_in(properties -> 'source'), properties ->> 'owner') as publisher,
  properties ->> 'owner' as contact,
  -- The licence text is HTML, the licence a short name; either may be missing.
  coalesce(harvest.text_in(properties -> 'licenseInfo'), harvest.text_in(properties -> 'license')) as license,
  harvest.address(substring(properties ->> 'licenseInfo' from 'href=[''"]?(https?://[^''"\s>]+)')) as license_uri,
  properties ->> 'access' as access_level,
  array(select distinct regexp_replace(item, '^/?Categories/', '') from harvest.each_text(properties -> 'categories') item) as themes,
  array(select * from harvest.each_text(properties -> 'tags')) as keywords,
  harvest.bbox(coalesce(properties -> 'extent', raw -> 'geometry')) as bbox,
  harvest.language_tags(properties -> 'culture') as languages,
  coalesce(harvest.address(properties ->> 'landingPage'), (source).url || '/datasets/' || id) as landing_page,
  harvest.persistent_ids(array[properties ->> 'doi']) as persistent_ids,
  harvest.platform_id(id) as platform_id,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  jsonb_strip_nulls(jsonb_build_object('type', properties -> 'type', 'orgId', properties -> 'orgId', 'owner', properties -> 'owner')) as extras,
  distributions
from (
  select raw -> 'properties' as properties, coalesce(raw ->> 'id', raw #>> '{properties,id}') as id,
    case when harvest.address(raw #>> '{properties,url}') is not null then
      jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
        'title', raw #> '{properties,name}',
        'format', lower(raw #>> '{properties,type}'),
        'access_url', harvest.address(raw #>> '{properties,url}'),
        'bytes', harvest.whole(raw #>> '{properties,size}')))) end as distributions
  offset 0
) parts
