-- Lists what a complete crawl no longer saw, to be asked for once more.
-- In:  run bigint; region text
-- Out: one row per candidate: id
select d.id
from ops.runs r
join catalog.socrata_datasets d on d.region = :?region and d.retired_at is null
left join catalog.dataset_sightings s on s.region = d.region and s.id = d.id
where r.id = :?run::bigint and (s.seen_at is null or s.seen_at < r.begun_at)
order by d.id
