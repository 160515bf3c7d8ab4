-- Lists what so many complete walks in a row did not see, to be asked for once more.
-- In:  run bigint; source bigint; after integer
-- Out: one row per candidate: key, title, landing_page
with first as (
  select min(c.id) as id from ops.chain_of(:?run::bigint) c
)
select d.key, d.title, d.landing_page
from harvest.records r
cross join first
join harvest.datasets d on d.id = r.dataset_id and d.retired_at is null
left join harvest.sightings s on s.source_id = r.source_id and s.key = r.key
where r.source_id = :?source::bigint and r.missed >= :?after::integer and (s.run_id is null or s.run_id < first.id)
order by d.key
