-- A dataset as the search API of Dataverse lists it. A harvested copy stands there too: its page is on another host.
select
  'dataset' as record_type,
  harvest.text_in(raw -> 'name') as title,
  harvest.text_in(raw -> 'description') as description,
  harvest.moment(raw ->> 'published_at') as issued_at,
  raw ->> 'published_at' as issued,
  harvest.moment(raw ->> 'updatedAt') as modified_at,
  raw ->> 'updatedAt' as modified,
  coalesce(nullif(raw ->> 'publisher', ''), raw ->> 'name_of_dataverse') as publisher,
  coalesce(raw #>> '{contacts,0,affiliation}', raw #>> '{contacts,0,name}') as contact,
  harvest.text_in(raw -> 'license') as license,
  harvest.address(coalesce(raw #>> '{license,uri}', raw ->> 'license')) as license_uri,
  case raw ->> 'versionState' when 'RELEASED' then 'public' else lower(raw ->> 'versionState') end as access_level,
  array(select * from harvest.each_text(raw -> 'subjects')) as themes,
  array(select * from harvest.each_text(raw -> 'keywords')) as keywords,
  nullif(array_to_string(array(
    select distinct place from jsonb_array_elements(harvest.list(raw -> 'geographicCoverage')) each (coverage)
    cross join lateral jsonb_each_text(coverage) places (part, place)), ', '), '') as spatial,
  coalesce(harvest.address(raw ->> 'url'), 'https://doi.org/' || substring(raw ->> 'global_id' from '^doi:(.+)')) as landing_page,
  raw #>> '{metadataSource}' as harvested_from,
  harvest.persistent_ids(array[raw ->> 'global_id', raw ->> 'url']) as persistent_ids,
  nullif(jsonb_strip_nulls(jsonb_build_object('identifier_of_dataverse', raw -> 'identifier_of_dataverse', 'fileCount', raw -> 'fileCount',
    'majorVersion', raw -> 'majorVersion', 'minorVersion', raw -> 'minorVersion', 'authors', raw -> 'authors')), '{}') as extras
