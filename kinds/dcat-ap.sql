-- A dcat:Dataset as the decoder of JSON-LD gives it: one value or a list, text with its language, or a node by its @id.
select
  case when jsonb_path_exists(raw, '$."@type"[*] ? (@ == "dcat:DatasetSeries")') then 'series' else 'dataset' end as record_type,
  harvest.text_in(raw -> 'dct:title', (source).language) as title,
  harvest.text_in(raw -> 'dct:description', (source).language) as description,
  harvest.moment(raw ->> 'dct:issued') as issued_at,
  raw ->> 'dct:issued' as issued,
  harvest.moment(raw ->> 'dct:modified') as modified_at,
  raw ->> 'dct:modified' as modified,
  harvest.text_in(coalesce(jsonb_path_query_first(raw, '$."dct:publisher"."foaf:name"'), jsonb_path_query_first(raw, '$."dct:publisher"."skos:prefLabel"'),
    case when jsonb_typeof(raw -> 'dct:publisher') = 'string' then raw -> 'dct:publisher' end), (source).language) as publisher,
  harvest.address(jsonb_path_query_first(raw, '$."dct:publisher"."@id"') #>> '{}') as publisher_uri,
  replace(harvest.text_in(coalesce(jsonb_path_query_first(raw, '$."dcat:contactPoint"."vcard:hasEmail"."@id"'),
    jsonb_path_query_first(raw, '$."dcat:contactPoint"."vcard:hasEmail"'), jsonb_path_query_first(raw, '$."dcat:contactPoint"."vcard:fn"'))),
    'mailto:', '') as contact,
  harvest.text_in(coalesce(
    jsonb_path_query_first(licence, '$."dct:title"'), jsonb_path_query_first(licence, '$."rdfs:label"'),
    jsonb_path_query_first(licence, '$."@id"'), licence), (source).language) as license,
  harvest.address(coalesce(jsonb_path_query_first(licence, '$."@id"') #>> '{}', licence #>> '{}')) as license_uri,
  lower(substring(coalesce(jsonb_path_query_first(raw, '$."dct:accessRights"."@id"') #>> '{}', raw ->> 'dct:accessRights') from '[^/#]+$')) as access_level,
  -- A concept without an address is what it is called.
  array(
    select * from harvest.each_text(raw -> 'dcat:theme')
    union
    select * from harvest.each_text(jsonb_path_query_array(raw, '$."dcat:theme"[*] ? (!exists (@."@id"))."skos:prefLabel"'))
    order by 1) as themes,
  array(select * from harvest.each_text(raw -> 'dcat:keyword')) as keywords,
  harvest.text_in(coalesce(jsonb_path_query_first(raw, '$."dct:spatial"."skos:prefLabel"'), jsonb_path_query_first(raw, '$."dct:spatial"."rdfs:label"'),
    jsonb_path_query_first(raw, '$."dct:spatial"."@id"'), raw -> 'dct:spatial'), (source).language) as spatial,
  harvest.bbox(coalesce(jsonb_path_query_first(raw, '$."dct:spatial"."dcat:bbox"'), jsonb_path_query_first(raw, '$."dct:spatial"."locn:geometry"'))) as bbox,
  nullif(concat_ws('/', begun, ended), '') as temporal,
  harvest.moment(begun)::date as temporal_from,
  harvest.moment(ended)::date as temporal_to,
  harvest.language_tags(raw -> 'dct:language') as languages,
  harvest.address(coalesce(jsonb_path_query_first(raw, '$."dcat:landingPage"."@id"'), jsonb_path_query_first(raw, '$."dcat:landingPage"')) #>> '{}') as landing_page,
  harvest.persistent_ids(harvest.texts(raw -> 'dct:identifier') || array[raw ->> '@id'] || harvest.texts(raw -> 'adms:identifier')) as persistent_ids,
  coalesce(harvest.platform_id(raw ->> '@id'), harvest.platform_id(harvest.text_in(raw -> 'dct:identifier'))) as platform_id,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  nullif(jsonb_strip_nulls(jsonb_build_object('identifier', raw -> 'dct:identifier', 'accrualPeriodicity', raw -> 'dct:accrualPeriodicity',
    'version', coalesce(raw -> 'owl:versionInfo', raw -> 'dcat:version'), 'conformsTo', raw -> 'dct:conformsTo')), '{}') as extras,
  distributions
from (
  select
    coalesce(raw -> 'dct:license', jsonb_path_query_first(raw, '$."dcat:distribution"."dct:license"')) as licence,
    coalesce(jsonb_path_query_first(raw, '$."dct:temporal"."dcat:startDate"'), jsonb_path_query_first(raw, '$."dct:temporal"."schema:startDate"')) #>> '{}' as begun,
    coalesce(jsonb_path_query_first(raw, '$."dct:temporal"."dcat:endDate"'), jsonb_path_query_first(raw, '$."dct:temporal"."schema:endDate"')) #>> '{}' as ended,
    (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
        'title', harvest.text_in(form -> 'dct:title', (source).language),
        'format', lower(substring(harvest.text_in(coalesce(jsonb_path_query_first(form, '$."dct:format"."@id"'),
          jsonb_path_query_first(form, '$."dct:format"."rdfs:label"'), form -> 'dct:format')) from '[^/#]+$')),
        'media_type', substring(harvest.text_in(coalesce(jsonb_path_query_first(form, '$."dcat:mediaType"."@id"'), form -> 'dcat:mediaType'))
          from '[^/]+/[^/]+$'),
        'access_url', harvest.address(coalesce(jsonb_path_query_first(form, '$."dcat:accessURL"."@id"'), jsonb_path_query_first(form, '$."dcat:accessURL"')) #>> '{}'),
        'download_url', harvest.address(coalesce(jsonb_path_query_first(form, '$."dcat:downloadURL"."@id"'), jsonb_path_query_first(form, '$."dcat:downloadURL"')) #>> '{}'),
        'bytes', harvest.whole(form ->> 'dcat:byteSize'),
        'license', coalesce(jsonb_path_query_first(form, '$."dct:license"."@id"') #>> '{}', harvest.text_in(form -> 'dct:license')))))
      from jsonb_array_elements(harvest.list(raw -> 'dcat:distribution')) forms (form)
    ) as distributions
  offset 0
) parts
