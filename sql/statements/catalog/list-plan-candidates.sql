-- Lists what the crawl of a plan did not see, to be asked for once more.
-- In:  run bigint (its plan is meant); scope text (the region)
-- Out: one row per candidate: id
select d.id
from catalog.socrata_datasets d
where d.region = :?scope and d.retired_at is null
  and d.id not in (
    select s.id from catalog.plans p cross join lateral catalog.seen_by_plan(p.id) s where p.run_id = :?run::bigint)
order by d.id
