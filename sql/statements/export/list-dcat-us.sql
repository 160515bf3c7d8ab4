-- Lists datasets as DCAT-US has them, by source and key, and says of each that cannot be one what it lacks.
-- In:  source text (null: all); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per dataset: source, source_title, key, title, document (NULL if it lacks something), problem (NULL if not),
--      page_key
with picked as (
  select d as dataset, r.raw, o.name as source, coalesce(o.title, o.name) as source_title
  from harvest.datasets d
  join harvest.sources o on o.id = d.source_id
  left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  where d.retired_at is null and o.removed_at is null
    and (:?source::text is null or o.name = :?source)
    and (:?after::text is null or (d.source_id, d.key) > ((:?after::jsonb ->> 0)::bigint, :?after::jsonb ->> 1))
  order by d.source_id, d.key
  limit :?most::bigint
),
checked as (
  select (p.dataset).*, p.raw, p.source, p.source_title, harvest.lacks_for_dcat_us(p.dataset, p.raw) as problem,
    harvest.dcat_us_modified(p.dataset) as modified_as, coalesce((p.dataset).extras, '{}') as more
  from picked p
)
select
  c.source, c.source_title, c.key, c.title,
  case when c.problem is null then jsonb_strip_nulls(jsonb_build_object(
    '@type', 'dcat:Dataset',
    -- A key is one of its source: among those of all sources the id of the dataset is told.
    'identifier', case when :?source::text is null then 'urn:uuid:' || c.id else c.key end,
    'title', c.title,
    'description', c.description,
    'keyword', (select jsonb_agg(distinct word order by word) from unnest(c.keywords) word where word ~ '\S'),
    'modified', c.modified_as,
    'issued', coalesce(harvest.iso_date(c.issued), harvest.iso_moment(c.issued_at)),
    'publisher', jsonb_build_object('@type', 'org:Organization', 'name', c.publisher),
    'contactPoint', jsonb_build_object(
      '@type', 'vcard:Contact', 'fn', harvest.contact_name(c.contact, c.raw), 'hasEmail', 'mailto:' || harvest.email(c.contact)),
    'accessLevel', harvest.dcat_us_access(c.access_level),
    'license', harvest.uri(c.license_uri),
    'landingPage', harvest.uri(c.landing_page),
    'spatial', case when c.spatial ~ '\S' then c.spatial end,
    'temporal', coalesce(
      case when harvest.iso_date(split_part(c.temporal, '/', 1)) || '/' || harvest.iso_date(split_part(c.temporal, '/', 2)) = c.temporal
        then c.temporal end,
      harvest.iso_date(c.temporal_from::text) || '/' || harvest.iso_date(c.temporal_to::text)),
    'theme', (select jsonb_agg(distinct theme order by theme) from unnest(c.themes) theme where theme ~ '\S'),
    'language', (
      select jsonb_agg(distinct tag order by tag) from unnest(c.languages) tag
      where tag ~ '^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$'),
    -- What agencies of the United States say beside it.
    'bureauCode', case when c.more ->> 'bureauCode' ~ '^\["[0-9]{3}:[0-9]{2}"(, "[0-9]{3}:[0-9]{2}")*\]$' then
      (select jsonb_agg(distinct code) from jsonb_array_elements(c.more -> 'bureauCode') code) end,
    'programCode', case when c.more ->> 'programCode' ~ '^\["[0-9]{3}:[0-9]{3}"(, "[0-9]{3}:[0-9]{3}")*\]$' then
      (select jsonb_agg(distinct code) from jsonb_array_elements(c.more -> 'programCode') code) end,
    'accrualPeriodicity', substring(c.more ->> 'accrualPeriodicity' from '^(?:irregular|R/P(?:[0-9]+(?:[.][0-9]+)?[YMWD]|T[0-9]+[HMS]))$'),
    'rights', case when jsonb_typeof(c.more -> 'rights') = 'string' and length(c.more ->> 'rights') between 1 and 255
      then c.more ->> 'rights' end,
    'isPartOf', case when jsonb_typeof(c.more -> 'isPartOf') = 'string' and c.more ->> 'isPartOf' ~ '\S' then c.more ->> 'isPartOf' end,
    'describedBy', harvest.uri(c.more ->> 'describedBy'),
    'distribution', (
      select jsonb_agg(jsonb_build_object(
        '@type', 'dcat:Distribution',
        'title', case when f.title ~ '\S' then f.title end,
        'format', case when f.format ~ '\S' then f.format end,
        'mediaType', a.type,
        -- A download needs a media type; without one, its address is one where the data can be had.
        'accessURL', case when a.type is null then coalesce(a.access, a.download) else a.access end,
        'downloadURL', case when a.type is not null then a.download end
      ) order by f.position)
      from harvest.distributions f
      cross join lateral (
        select harvest.uri(f.access_url) as access, harvest.uri(f.download_url) as download,
          substring(f.media_type from '^[A-Za-z0-9_-]+/[A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]+)*(?:[+][A-Za-z0-9_-]+)?$') as type
      ) a
      -- One without an address is none.
      where f.dataset_id = c.id and coalesce(a.access, a.download) is not null
    )
  )) end as document,
  c.problem,
  jsonb_build_array(c.source_id, c.key) as page_key
from checked c
order by c.source_id, c.key
