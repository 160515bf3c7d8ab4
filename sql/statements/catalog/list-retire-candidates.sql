-- Lists what a complete crawl no longer saw, to be asked for once more.
-- In:  run bigint; scope text (the region)
-- Out: one row per candidate: id
-- The run with those that it goes on with: what one of them saw, or any run since the first, was seen.
with first as (
  select min(id) as id from ops.chain_of(:?run::bigint)
)
select d.id
from catalog.socrata_datasets d
cross join first
left join catalog.dataset_sightings s on s.region = d.region and s.id = d.id
where d.region = :?scope and d.retired_at is null and (s.run_id is null or s.run_id < first.id)
order by d.id
