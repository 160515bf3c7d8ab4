-- Lists datasets as DCAT-AP 3 has them in JSON-LD, by source and key, and says of each that cannot be one what it lacks.
-- In:  source text (null: all); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per dataset: source, source_title, key, title, document (NULL if it lacks something), problem (NULL if not),
--      page_key
with picked as (
  select
    d.*, o.name as source, coalesce(o.title, o.name) as source_title,
    nullif(concat_ws(', ',
      case when coalesce(d.title, '') = '' then 'dct:title' end,
      case when coalesce(d.description, '') = '' then 'dct:description' end), '') as problem
  from harvest.datasets d
  join harvest.sources o on o.id = d.source_id
  where d.retired_at is null and o.removed_at is null
    and (:?source::text is null or o.name = :?source)
    and (:?after::text is null or (d.source_id, d.key) > ((:?after::jsonb ->> 0)::bigint, :?after::jsonb ->> 1))
  order by d.source_id, d.key
  limit :?most::bigint
)
select
  p.source, p.source_title, p.key, p.title,
  case when p.problem is null then jsonb_strip_nulls(jsonb_build_object(
    -- A key that is no IRI is an identifier: no IRI is made up for it.
    '@id', case when p.key ~ '^https?://[^\s<>"{}|\\^`]+$' then p.key end,
    '@type', case p.record_type when 'series' then 'dcat:DatasetSeries' else 'dcat:Dataset' end,
    'dct:identifier', p.key,
    'dct:title', p.title,
    'dct:description', p.description,
    'dct:issued', case when p.issued_at is not null then jsonb_build_object(
      '@type', 'xsd:dateTime', '@value', to_char(p.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end,
    'dct:modified', case when p.modified_at is not null then jsonb_build_object(
      '@type', 'xsd:dateTime', '@value', to_char(p.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end,
    'dct:publisher', case when p.publisher <> '' then jsonb_build_object(
      '@type', 'foaf:Agent', '@id', p.publisher_uri, 'foaf:name', p.publisher) end,
    'dcat:contactPoint', case
      when p.contact ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then jsonb_build_object(
        '@type', 'vcard:Kind', 'vcard:hasEmail', jsonb_build_object('@id', 'mailto:' || p.contact))
      when p.contact <> '' then jsonb_build_object('@type', 'vcard:Kind', 'vcard:fn', p.contact) end,
    'dct:accessRights', case when p.access_level in ('public', 'restricted', 'restricted public', 'non-public', 'non_public') then
      jsonb_build_object('@type', 'dct:RightsStatement', '@id', 'http://publications.europa.eu/resource/authority/access-right/'
        || case p.access_level when 'restricted public' then 'RESTRICTED' else upper(replace(p.access_level, '-', '_')) end) end,
    'dcat:keyword', case when cardinality(p.keywords) > 0 then to_jsonb(p.keywords) end,
    'dcat:theme', (
      select jsonb_agg(jsonb_build_object('@type', 'skos:Concept', '@id', t.theme) order by t.n)
      from unnest(p.themes) with ordinality as t (theme, n)
      where t.theme ~ '^https?://[^\s<>"{}|\\^`]+$'),
    'dct:language', (
      select jsonb_agg(jsonb_build_object('@type', 'dct:LinguisticSystem', '@id', 'http://id.loc.gov/vocabulary/iso639-1/' || l.tag) order by l.n)
      from unnest(p.languages) with ordinality as l (tag, n)
      where l.tag ~ '^[a-z]{2}$'),
    'dct:spatial', case when p.spatial <> '' or p.bbox is not null then jsonb_build_object(
      '@type', 'dct:Location', 'skos:prefLabel', nullif(p.spatial, ''),
      'dcat:bbox', case when cardinality(p.bbox) = 4 then jsonb_build_object(
        '@type', 'geo:wktLiteral', '@value', format('POLYGON((%1$s %2$s, %3$s %2$s, %3$s %4$s, %1$s %4$s, %1$s %2$s))',
          p.bbox[1], p.bbox[2], p.bbox[3], p.bbox[4])) end) end,
    'dct:temporal', case when p.temporal_from is not null or p.temporal_to is not null then jsonb_build_object(
      '@type', 'dct:PeriodOfTime',
      'dcat:startDate', case when p.temporal_from is not null then jsonb_build_object('@type', 'xsd:date', '@value', p.temporal_from) end,
      'dcat:endDate', case when p.temporal_to is not null then jsonb_build_object('@type', 'xsd:date', '@value', p.temporal_to) end) end,
    'dcat:landingPage', case when p.landing_page is not null then jsonb_build_object('@type', 'foaf:Document', '@id', p.landing_page) end,
    'dcat:distribution', (
      select jsonb_agg(jsonb_build_object(
        '@type', 'dcat:Distribution',
        'dct:title', nullif(f.title, ''),
        'dcat:accessURL', jsonb_build_object('@type', 'rdfs:Resource', '@id', coalesce(f.access_url, f.download_url)),
        'dcat:downloadURL', case when f.download_url is not null then jsonb_build_object('@type', 'rdfs:Resource', '@id', f.download_url) end,
        'dct:format', case
          when f.format in ('csv', 'json', 'xml', 'xls', 'xlsx', 'pdf', 'zip', 'html', 'geojson', 'kml', 'kmz', 'shp', 'txt', 'gml', 'ods', 'odt', 'doc', 'docx', 'parquet')
            then jsonb_build_object('@type', 'dct:MediaTypeOrExtent', '@id', 'http://publications.europa.eu/resource/authority/file-type/' || upper(f.format))
          when f.format <> '' then jsonb_build_object('@type', 'dct:MediaTypeOrExtent', 'rdfs:label', f.format) end,
        'dcat:mediaType', case when f.media_type ~ '^[a-z]+/[\w.+-]+$' then jsonb_build_object(
          '@type', 'dct:MediaType', '@id', 'https://www.iana.org/assignments/media-types/' || f.media_type) end,
        'dcat:byteSize', case when f.bytes >= 0 then jsonb_build_object('@type', 'xsd:nonNegativeInteger', '@value', f.bytes::text) end,
        'dct:license', case when coalesce(f.license, p.license_uri) ~ '^https?://[^\s<>"{}|\\^`]+$' then jsonb_build_object(
          '@type', 'dct:LicenseDocument', '@id', coalesce(f.license, p.license_uri)) end
      ) order by f.position)
      from harvest.distributions f
      -- One without an address is none.
      where f.dataset_id = p.id and coalesce(f.access_url, f.download_url) is not null
    )
  )) end as document,
  p.problem,
  jsonb_build_array(p.source_id, p.key) as page_key
from picked p
order by p.source_id, p.key
