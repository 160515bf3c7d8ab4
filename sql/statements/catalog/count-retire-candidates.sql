-- Counts what a complete crawl no longer saw, before anything is retired.
-- In:  run bigint; scope text (the region); now timestamptz (null: the clock)
-- Out: one row: held, candidates (held but not seen since the crawl began), begun_at, now (as the clock of the run has it),
--      control (an id the crawl did see, to prove that a look-up answers; null if it saw none)
-- The run with those that it goes on with: what one of them saw, or any run since the first, was seen.
with first as (
  select min(id) as id from ops.chain_of(:?run::bigint)
)
select
  count(d.id) as held,
  count(d.id) filter (where s.run_id is null or s.run_id < first.id) as candidates,
  r.begun_at,
  greatest(coalesce(:?now::timestamptz, now()), r.heartbeat_at) as now,
  min(d.id) filter (where s.run_id >= first.id) as control
from ops.runs r
cross join first
left join catalog.socrata_datasets d on d.region = :?scope and d.retired_at is null
left join catalog.dataset_sightings s on s.region = d.region and s.id = d.id
where r.id = :?run::bigint
group by r.id
