-- Lists what so many complete walks in a row did not see, to be asked for once more.
-- In:  run bigint; source bigint; after integer
-- Out: one row per candidate: key, title, landing_page (null too if other datasets of the source have it: that it is there says
--      nothing of one of them), seen_key (of a record that the walk saw, the same in each row)
with first as (
  select min(c.id) as id from ops.chain_of(:?run::bigint) c
),
candidate as materialized (
  select d.key, d.title, d.landing_page
  from harvest.records r
  cross join first
  join harvest.datasets d on d.id = r.dataset_id and d.retired_at is null
  left join harvest.sightings s on s.source_id = r.source_id and s.key = r.key
  where r.source_id = :?source::bigint and r.missed >= :?after::integer and (s.run_id is null or s.run_id < first.id)
),
shared as (
  select d.landing_page
  from harvest.datasets d
  where d.source_id = :?source::bigint and d.retired_at is null
    and d.landing_page in (select c.landing_page from candidate c)
  group by d.landing_page
  having count(*) > 1
),
seen as (
  select min(s.key) as key
  from harvest.sightings s
  cross join first
  where s.source_id = :?source::bigint and s.run_id >= first.id and exists (select from candidate)
)
select c.key, c.title, case when shared.landing_page is null then c.landing_page end as landing_page, seen.key as seen_key
from candidate c
cross join seen
left join shared using (landing_page)
order by c.key
