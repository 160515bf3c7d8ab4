-- Finds a dataset as it is, or as it was at a moment, with its distributions; what is said of people is left out.
-- In:  dataset uuid; at timestamptz (null: as it is)
-- Out: one row: id, source, kind, key, record_type, title, description, publisher, publisher_uri, country, license, license_uri,
--      access_level, themes, keywords, spatial, bbox, temporal, languages, issued, issued_at, modified, modified_at, landing_page,
--      harvested_from, persistent_ids, platform_id, distributions (JSON), is_retired, retired_reason, valid_from, valid_to
--      (null: it is so still), first_seen_at, last_changed_at, last_seen_at, copies; none at that moment: no row
with named as (
  select d.* from harvest.datasets d where d.id = :?dataset::uuid
),
span as (
  select
    n.key, n.retired_at is not null as is_retired, n.changed_at as valid_from, null::timestamptz as valid_to,
    to_jsonb(n) || jsonb_build_object('distributions', (
      select jsonb_agg(to_jsonb(f) - 'dataset_id' order by f.position) from harvest.distributions f where f.dataset_id = n.id)) as state
  from named n
  union all
  select
    v.key, v.was_retired, v.valid_from, v.valid_to,
    -- The catalogue has one theme, not several.
    case jsonb_typeof(v.state -> 'themes')
      when 'string' then v.state || jsonb_build_object('themes', jsonb_build_array(v.state -> 'themes')) else v.state
    end
  from named n cross join lateral harvest.versions_of(n.source_id, :?at::timestamptz, n.id) v
  where :?at::timestamptz is not null
)
select
  n.id, o.name as source, o.kind, s.key, coalesce(d.record_type, n.record_type) as record_type, d.title, d.description, d.publisher,
  d.publisher_uri, coalesce(s.state #>> '{extras,country}', o.country) as country, d.license, d.license_uri, d.access_level,
  coalesce(d.themes, '{}') as themes, coalesce(d.keywords, '{}') as keywords, d.spatial, d.bbox, d.temporal,
  coalesce(d.languages, '{}') as languages, d.issued, d.issued_at, d.modified, d.modified_at, d.landing_page, d.harvested_from,
  coalesce(d.persistent_ids, '{}') as persistent_ids, n.platform_id, coalesce(
    case jsonb_typeof(s.state -> 'distributions') when 'array' then s.state -> 'distributions' end, '[]') as distributions,
  s.is_retired, case when s.valid_to is null then n.retired_reason end as retired_reason, s.valid_from, s.valid_to, n.first_seen_at,
  n.last_changed_at, g.seen_at as last_seen_at,
  (select count(*) from harvest.copies c where n.id in (c.dataset_id, c.copy_id)) as copies
from span s
cross join named n
join harvest.sources o on o.id = n.source_id
left join harvest.sightings g on g.source_id = n.source_id and g.key = n.key
cross join lateral jsonb_populate_record(null::harvest.datasets, s.state) d
where :?at::timestamptz is null or s.valid_from <= :?at::timestamptz and (s.valid_to is null or :?at::timestamptz < s.valid_to)
