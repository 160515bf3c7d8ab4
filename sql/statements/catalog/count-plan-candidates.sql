-- Counts what the crawl of a plan did not see, before anything is planned to be retired.
-- In:  run bigint (its plan is meant); scope text (the region); now timestamptz (null: the clock)
-- Out: one row: held (as if the plan were applied), candidates (held but not seen), begun_at, now (as the clock of the run has
--      it), control (an id that is held and was seen; null if there is none)
with seen as materialized (
  select s.id, s.is_rejected from catalog.plans p cross join lateral catalog.seen_by_plan(p.id) s where p.run_id = :?run::bigint
),
new as (
  select count(*) as datasets
  from seen
  where not is_rejected
    and not exists (
      select from catalog.socrata_datasets d where d.region = :?scope and d.id = seen.id and d.retired_at is null)
)
select
  count(d.id) + new.datasets as held,
  count(d.id) filter (where not d.is_seen) as candidates,
  r.begun_at,
  greatest(coalesce(:?now::timestamptz, now()), r.heartbeat_at) as now,
  min(d.id) filter (where d.is_seen) as control
from ops.runs r
cross join new
left join (
  select d.id, exists (select from seen where seen.id = d.id) as is_seen
  from catalog.socrata_datasets d
  where d.region = :?scope and d.retired_at is null
) d on true
where r.id = :?run::bigint
group by r.id, new.datasets
