-- Finds a dataset as it is now.
-- In:  dataset text (its id)
-- Out: one row or none: id, source, kind, key, title, is_retired, retired_reason, valid_from, last_seen_at, country, state (JSON:
--      its columns and distributions)
select
  d.id, o.name as source, o.kind, d.key, d.title, d.retired_at is not null as is_retired, d.retired_reason, d.changed_at as valid_from,
  s.seen_at as last_seen_at, coalesce(d.extras ->> 'country', o.country) as country,
  jsonb_strip_nulls(to_jsonb(d) - 'id' - 'source_id' || jsonb_build_object('distributions', (
    select jsonb_agg(to_jsonb(f) - 'dataset_id' order by f.position) from harvest.distributions f where f.dataset_id = d.id)))::text as state
from harvest.datasets d
join harvest.sources o on o.id = d.source_id
left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
where d.id::text = :?dataset
