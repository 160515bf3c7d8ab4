-- Lists datasets as DCAT-US has them, by source and key, and says of each that cannot be one what it lacks.
-- In:  source text (null: all); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per dataset: source, source_title, key, title, document (NULL if it lacks something), problem (NULL if not),
--      page_key
with picked as (
  select
    d.*, o.name as source, coalesce(o.title, o.name) as source_title,
    case when d.contact ~ '^[\w~!$&''()*+,;=:.-]+@[\w.-]+\.[\w.-]+$' then d.contact end as email,
    -- Whose address it is, as the record says it beside the address.
    nullif(btrim(coalesce(
      r.raw #>> '{contactPoint,fn}',
      case d.contact when r.raw ->> 'maintainer_email' then r.raw ->> 'maintainer' when r.raw ->> 'author_email' then r.raw ->> 'author' end
    )), '') as person,
    case
      when d.modified ~ '^(\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?|R/P\d+[YMWD])$' then d.modified
      else to_char(d.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    end as modified_as,
    array(select distinct k from unnest(d.keywords) k where k <> '' order by k) as words
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
  select p.*, nullif(concat_ws(', ',
    case when coalesce(p.title, '') = '' then 'title' end,
    case when coalesce(p.description, '') = '' then 'description' end,
    case when cardinality(p.words) = 0 then 'keyword' end,
    case when p.modified_as is null then 'modified' end,
    case when coalesce(p.publisher, '') = '' then 'publisher.name' end,
    case when p.person is null then 'contactPoint.fn' end,
    case when p.email is null then 'contactPoint.hasEmail' end,
    case when p.access_level is null or p.access_level not in ('public', 'restricted public', 'non-public') then 'accessLevel' end
  ), '') as problem
  from picked p
)
select
  c.source, c.source_title, c.key, c.title,
  case when c.problem is null then jsonb_strip_nulls(jsonb_build_object(
    '@type', 'dcat:Dataset',
    'identifier', c.key,
    'title', c.title,
    'description', c.description,
    'keyword', to_jsonb(c.words),
    'modified', c.modified_as,
    'issued', case when c.issued ~ '^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$' then c.issued end,
    'publisher', jsonb_build_object('@type', 'org:Organization', 'name', c.publisher),
    'contactPoint', jsonb_build_object('@type', 'vcard:Contact', 'fn', c.person, 'hasEmail', 'mailto:' || c.email),
    'accessLevel', c.access_level,
    'license', c.license_uri,
    'landingPage', c.landing_page,
    'spatial', nullif(c.spatial, ''),
    'temporal', case when c.temporal ~ '^\d{4}[^/\s]*/\d{4}[^/\s]*$' then c.temporal end,
    'theme', case when cardinality(c.themes) > 0 then to_jsonb(c.themes) end,
    'language', case when cardinality(c.languages) > 0 then to_jsonb(c.languages) end,
    'distribution', (
      select jsonb_agg(jsonb_build_object(
        '@type', 'dcat:Distribution',
        'title', nullif(f.title, ''),
        'format', nullif(f.format, ''),
        'mediaType', case when f.media_type ~ '^[a-z]+/[\w.+-]+$' then f.media_type end,
        -- A download needs a media type; without one, its address is one where the data can be had.
        'accessURL', case when f.media_type ~ '^[a-z]+/[\w.+-]+$' then f.access_url else coalesce(f.access_url, f.download_url) end,
        'downloadURL', case when f.media_type ~ '^[a-z]+/[\w.+-]+$' then f.download_url end
      ) order by f.position)
      from harvest.distributions f
      where f.dataset_id = c.id
    )
  )) end as document,
  c.problem,
  jsonb_build_array(c.source_id, c.key) as page_key
from checked c
order by c.source_id, c.key
