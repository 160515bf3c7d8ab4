-- Lists datasets as DCAT-AP 3 has them in JSON-LD, by source and key, and says of each that cannot be one what it lacks.
-- In:  source text (null: all); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per dataset: source, source_title, key, title, document (NULL if it lacks something), problem (NULL if not),
--      page_key
with picked as (
  select d as dataset, o.name as source, coalesce(o.title, o.name) as source_title
  from harvest.datasets d
  join harvest.sources o on o.id = d.source_id
  where d.retired_at is null and o.removed_at is null
    and (:?source::text is null or o.name = :?source)
    and (:?after::text is null or (d.source_id, d.key) > ((:?after::jsonb ->> 0)::bigint, :?after::jsonb ->> 1))
  order by d.source_id, d.key
  limit :?most::bigint
),
checked as (
  select (p.dataset).*, p.source, p.source_title, harvest.lacks_for_dcat_ap(p.dataset) as problem,
    harvest.iso_moment((p.dataset).issued_at) as issued_as, harvest.iso_moment((p.dataset).modified_at) as modified_as,
    harvest.iso_date((p.dataset).temporal_from::text) as from_day, harvest.iso_date((p.dataset).temporal_to::text) as to_day,
    harvest.uri((p.dataset).landing_page) as page
  from picked p
)
select
  c.source, c.source_title, c.key, c.title,
  case when c.problem is null then jsonb_strip_nulls(jsonb_build_object(
    -- Two sources may name the same thing: among all of them it would be one with two publishers. A key that is no IRI is an
    -- identifier: no IRI is made up for it.
    '@id', case when :?source::text is null then 'urn:uuid:' || c.id when harvest.uri(c.key) = c.key then c.key end,
    '@type', case c.record_type when 'series' then '["dcat:Dataset", "dcat:DatasetSeries"]' else '"dcat:Dataset"' end::jsonb,
    'dct:identifier', c.key,
    'dct:title', c.title,
    'dct:description', c.description,
    'dct:issued', case when c.issued_as is not null then jsonb_build_object('@type', 'xsd:dateTime', '@value', c.issued_as) end,
    'dct:modified', case when c.modified_as is not null then jsonb_build_object('@type', 'xsd:dateTime', '@value', c.modified_as) end,
    'dct:publisher', case when c.publisher ~ '\S' then jsonb_build_object(
      '@type', 'foaf:Agent', '@id', harvest.uri(c.publisher_uri), 'foaf:name', c.publisher) end,
    'dcat:contactPoint', case
      when harvest.email(c.contact) is not null then jsonb_build_object(
        '@type', 'vcard:Kind', 'vcard:hasEmail', jsonb_build_object('@id', 'mailto:' || harvest.email(c.contact)))
      when c.contact ~ '\S' then jsonb_build_object('@type', 'vcard:Kind', 'vcard:fn', c.contact) end,
    'dct:accessRights', case when c.access_level in ('public', 'restricted', 'restricted public', 'non-public', 'non_public') then
      jsonb_build_object('@type', 'dct:RightsStatement', '@id', 'http://publications.europa.eu/resource/authority/access-right/'
        || case c.access_level when 'restricted public' then 'RESTRICTED' else upper(replace(c.access_level, '-', '_')) end) end,
    'dcat:keyword', (select jsonb_agg(distinct word order by word) from unnest(c.keywords) word where word ~ '\S'),
    -- A concept must have a label: of an address nothing else is known.
    'dcat:theme', (
      select jsonb_agg(jsonb_build_object(
        '@type', 'skos:Concept', '@id', case when harvest.uri(t.theme) = t.theme then t.theme end, 'skos:prefLabel', t.theme) order by t.n)
      from unnest(c.themes) with ordinality as t (theme, n)
      where t.theme ~ '\S'),
    'dct:language', (
      select jsonb_agg(jsonb_build_object('@type', 'dct:LinguisticSystem', '@id', 'http://id.loc.gov/vocabulary/iso639-1/' || l.tag) order by l.n)
      from unnest(c.languages) with ordinality as l (tag, n)
      where l.tag ~ '^[a-z]{2}$'),
    'dct:spatial', case when c.spatial ~ '\S' or c.bbox is not null then jsonb_build_object(
      '@type', 'dct:Location', 'skos:prefLabel', case when c.spatial ~ '\S' then c.spatial end,
      'dcat:bbox', case when c.bbox[1] between -181 and 181 and c.bbox[2] between -90 and 90
        and c.bbox[3] between -181 and 181 and c.bbox[4] between -90 and 90 then jsonb_build_object(
        '@type', 'geo:wktLiteral', '@value', format('POLYGON((%1$s %2$s, %3$s %2$s, %3$s %4$s, %1$s %4$s, %1$s %2$s))',
          c.bbox[1], c.bbox[2], c.bbox[3], c.bbox[4])) end) end,
    'dct:temporal', case when c.from_day is not null or c.to_day is not null then jsonb_build_object(
      '@type', 'dct:PeriodOfTime',
      'dcat:startDate', case when c.from_day is not null then jsonb_build_object('@type', 'xsd:date', '@value', c.from_day) end,
      'dcat:endDate', case when c.to_day is not null then jsonb_build_object('@type', 'xsd:date', '@value', c.to_day) end) end,
    'dcat:landingPage', case when c.page is not null then jsonb_build_object('@type', 'foaf:Document', '@id', c.page) end,
    'dcat:distribution', (
      select jsonb_agg(jsonb_build_object(
        '@type', 'dcat:Distribution',
        'dct:title', case when f.title ~ '\S' then f.title end,
        'dcat:accessURL', jsonb_build_object('@type', 'rdfs:Resource', '@id', coalesce(a.access, a.download)),
        'dcat:downloadURL', case when a.download is not null then jsonb_build_object('@type', 'rdfs:Resource', '@id', a.download) end,
        'dct:format', case
          when f.format in ('csv', 'json', 'xml', 'xls', 'xlsx', 'pdf', 'zip', 'html', 'geojson', 'kml', 'kmz', 'shp', 'txt', 'gml', 'ods', 'odt', 'doc', 'docx', 'parquet')
            then jsonb_build_object('@type', 'dct:MediaTypeOrExtent', '@id', 'http://publications.europa.eu/resource/authority/file-type/' || upper(f.format))
          when f.format ~ '\S' then jsonb_build_object('@type', 'dct:MediaTypeOrExtent', 'rdfs:label', f.format) end,
        'dcat:mediaType', case when f.media_type ~ '^[a-z]+/[A-Za-z0-9_.+-]+$' then jsonb_build_object(
          '@type', 'dct:MediaType', '@id', 'https://www.iana.org/assignments/media-types/' || f.media_type) end,
        'dcat:byteSize', case when f.bytes >= 0 then jsonb_build_object('@type', 'xsd:nonNegativeInteger', '@value', f.bytes::text) end,
        'dct:license', case
          when a.license is not null then jsonb_build_object('@type', 'dct:LicenseDocument', '@id', a.license)
          when coalesce(f.license, c.license) ~ '\S' then jsonb_build_object(
            '@type', 'dct:LicenseDocument', 'dct:title', coalesce(f.license, c.license)) end
      ) order by f.position)
      from harvest.distributions f
      cross join lateral (
        select harvest.uri(f.access_url) as access, harvest.uri(f.download_url) as download,
          harvest.uri(coalesce(f.license, c.license_uri)) as license
      ) a
      -- One without an address is none.
      where f.dataset_id = c.id and coalesce(a.access, a.download) is not null
    )
  )) end as document,
  c.problem,
  jsonb_build_array(c.source_id, c.key) as page_key
from checked c
order by c.source_id, c.key
