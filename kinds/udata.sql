-- A dataset of udata. Where it was harvested from stands in harvest; archived, deleted and private are flags.
select
  'dataset' as record_type,
  harvest.text_in(raw -> 'title', (source).language) as title,
  harvest.text_in(raw -> 'description', (source).language) as description,
  harvest.moment(coalesce(raw #>> '{harvest,created_at}', raw ->> 'created_at', raw ->> 'created_at_internal')) as issued_at,
  coalesce(raw #>> '{harvest,created_at}', raw ->> 'created_at', raw ->> 'created_at_internal') as issued,
  harvest.moment(coalesce(raw #>> '{harvest,modified_at}', raw ->> 'last_modified', raw ->> 'last_modified_internal')) as modified_at,
  coalesce(raw #>> '{harvest,modified_at}', raw ->> 'last_modified', raw ->> 'last_modified_internal') as modified,
  harvest.text_in(raw -> 'organization') as publisher,
  harvest.address(raw #>> '{organization,page}') as publisher_uri,
  coalesce(raw #>> '{contact_points,0,email}', raw #>> '{contact_point,email}', raw #>> '{contact_points,0,name}') as contact,
  -- "notspecified" is how udata says that nobody chose one.
  nullif(raw ->> 'license', 'notspecified') as license,
  coalesce(raw ->> 'access_type', case when raw -> 'private' = 'true' then 'non-public' else 'public' end) as access_level,
  array(select * from harvest.each_text(raw -> 'badges')) as themes,
  array(select * from harvest.each_text(raw -> 'tags')) as keywords,
  nullif(array_to_string(harvest.texts(raw #> '{spatial,zones}'), ', '), '') as spatial,
  harvest.bbox(raw #> '{spatial,geom}') as bbox,
  nullif(concat_ws('/', raw #>> '{temporal_coverage,start}', raw #>> '{temporal_coverage,end}'), '') as temporal,
  harvest.moment(raw #>> '{temporal_coverage,start}')::date as temporal_from,
  harvest.moment(raw #>> '{temporal_coverage,end}')::date as temporal_to,
  harvest.language_tags(raw -> 'language') as languages,
  coalesce(harvest.address(raw ->> 'page'), (source).url || '/datasets/' || coalesce(raw ->> 'slug', raw ->> 'id') || '/') as landing_page,
  coalesce(raw #>> '{harvest,domain}', raw #>> '{harvest,remote_url}') as harvested_from,
  coalesce(raw #>> '{harvest,remote_id}', raw #>> '{harvest,dct_identifier}') as harvested_key,
  harvest.persistent_ids(array[raw #>> '{harvest,dct_identifier}', raw #>> '{harvest,uri}', raw #>> '{harvest,remote_id}']) as persistent_ids,
  -- Its own id is the key; this is the one that it had where it came from.
  harvest.platform_id(coalesce(raw #>> '{harvest,remote_id}', raw #>> '{harvest,remote_url}')) as platform_id,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  nullif(jsonb_strip_nulls(jsonb_build_object('archived', raw -> 'archived', 'deleted', raw -> 'deleted', 'frequency', raw -> 'frequency',
    'acronym', raw -> 'acronym', 'slug', raw -> 'slug', 'harvest', raw #> '{harvest,backend}')), '{}') as extras,
  distributions
from (
  select (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
        'title', harvest.text_in(resource -> 'title'),
        'format', nullif(lower(btrim(resource ->> 'format')), ''),
        'media_type', resource ->> 'mime',
        'access_url', harvest.address(resource ->> 'latest'),
        'download_url', harvest.address(resource ->> 'url'),
        'bytes', harvest.whole(resource ->> 'filesize'))))
      -- Newer portals page the resources apart: then this is their address, and there are none here.
      from jsonb_array_elements(case when jsonb_typeof(raw -> 'resources') = 'array' then raw -> 'resources' else '[]' end) resources (resource)
    ) as distributions
  offset 0
) parts
