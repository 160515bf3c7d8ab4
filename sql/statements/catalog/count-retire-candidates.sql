-- Counts what a complete crawl no longer saw, before anything is retired.
-- In:  run bigint; region text
-- Out: one row: held, candidates (held but not seen since the crawl began), begun_at, control (an id the crawl did see,
--      to prove that a look-up answers; null if it saw none)
select
  count(d.id) as held,
  count(d.id) filter (where s.seen_at is null or s.seen_at < r.begun_at) as candidates,
  r.begun_at,
  min(d.id) filter (where s.seen_at >= r.begun_at) as control
from ops.runs r
left join catalog.socrata_datasets d on d.region = :?region and d.retired_at is null
left join catalog.dataset_sightings s on s.region = d.region and s.id = d.id
where r.id = :?run::bigint
group by r.id
