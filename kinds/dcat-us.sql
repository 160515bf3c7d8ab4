-- A dataset of DCAT-US 1.1, also with the liberties that ArcGIS Hub, DKAN and Socrata take.
select
  case when raw ->> '@type' like '%Series' then 'series' else 'dataset' end as record_type,
  harvest.text_in(raw -> 'title', (source).language) as title,
  harvest.text_in(raw -> 'description', (source).language) as description,
  harvest.moment(raw ->> 'issued') as issued_at,
  raw ->> 'issued' as issued,
  -- It may be a repetition such as R/P1Y, which is no moment.
  harvest.moment(raw ->> 'modified') as modified_at,
  raw ->> 'modified' as modified,
  harvest.text_in(raw -> 'publisher') as publisher,
  harvest.address(coalesce(raw #>> '{publisher,@id}', raw #>> '{publisher,url}')) as publisher_uri,
  coalesce(nullif(replace(raw #>> '{contactPoint,hasEmail}', 'mailto:', ''), ''), harvest.plain(raw #>> '{contactPoint,fn}')) as contact,
  -- ArcGIS Hub writes whole pages of HTML here, or the address of one.
  harvest.text_in(raw -> 'license') as license,
  harvest.address(raw ->> 'license') as license_uri,
  lower(raw ->> 'accessLevel') as access_level,
  array(select * from harvest.each_text(raw -> 'theme')) as themes,
  array(select * from harvest.each_text(raw -> 'keyword')) as keywords,
  spatial,
  harvest.bbox(spatial) as bbox,
  raw ->> 'temporal' as temporal,
  harvest.moment(split_part(raw ->> 'temporal', '/', 1))::date as temporal_from,
  harvest.moment(split_part(raw ->> 'temporal', '/', 2))::date as temporal_to,
  harvest.language_tags(raw -> 'language') as languages,
  harvest.address(raw ->> 'landingPage') as landing_page,
  harvest.persistent_ids(array[raw ->> 'identifier', raw ->> 'landingPage']) as persistent_ids,
  coalesce(harvest.platform_id(raw ->> 'identifier'), harvest.platform_id(raw ->> 'landingPage')) as platform_id,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  case when raw ?| '{rights,isPartOf,accrualPeriodicity,describedBy,bureauCode,programCode}' then
    jsonb_strip_nulls(jsonb_build_object(
      'rights', raw -> 'rights', 'isPartOf', raw -> 'isPartOf', 'accrualPeriodicity', raw -> 'accrualPeriodicity',
      'describedBy', raw -> 'describedBy', 'bureauCode', raw -> 'bureauCode', 'programCode', raw -> 'programCode')) end as extras,
  distributions
from (
  select
    -- What ArcGIS Hub writes where there is none.
    nullif(raw ->> 'spatial', '{{extent}}') as spatial, (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
          'title', harvest.text_in(form -> 'title', (source).language),
          'format', nullif(lower(btrim(form ->> 'format')), ''),
          'media_type', nullif(form ->> 'mediaType', ''),
          'access_url', harvest.address(form ->> 'accessURL'),
          'download_url', harvest.address(form ->> 'downloadURL'),
          'bytes', harvest.whole(form ->> 'byteSize'),
          'license', harvest.text_in(form -> 'license'))))
      from jsonb_array_elements(harvest.list(raw -> 'distribution')) forms (form)
    ) as distributions
  offset 0
) parts
