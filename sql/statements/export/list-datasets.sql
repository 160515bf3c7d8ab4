-- Lists the datasets that are not retired, by source and key.
-- In:  nothing
-- Out: one row per dataset: source, kind, id, key, record_type, title, description, issued_at, issued, modified_at, modified,
--      publisher, publisher_uri, contact, license, license_uri, access_level, themes, keywords, spatial, bbox, temporal,
--      temporal_from, temporal_to, languages, landing_page, harvested_from, harvested_key, persistent_ids, platform_id,
--      service_urls, extras, content_hash, first_seen_at, last_changed_at, last_seen_at
select
  o.name as source, o.kind, d.id, d.key, d.record_type, d.title, d.description, d.issued_at, d.issued, d.modified_at, d.modified,
  d.publisher, d.publisher_uri, d.contact, d.license, d.license_uri, d.access_level, d.themes, d.keywords, d.spatial, d.bbox,
  d.temporal, d.temporal_from, d.temporal_to, d.languages, d.landing_page, d.harvested_from, d.harvested_key,
  d.persistent_ids, d.platform_id, d.service_urls, d.extras, d.content_hash, d.first_seen_at, d.last_changed_at,
  s.seen_at as last_seen_at
from harvest.datasets d
join harvest.sources o on o.id = d.source_id
left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
where d.retired_at is null
order by d.source_id, d.key
