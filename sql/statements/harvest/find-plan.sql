-- Finds a plan by its id or the beginning of its hash.
-- In:  plan text
-- Out: one row per plan: plan, source (its name), source_id, run, hash, created_at, applied_run (null if it was not applied),
--      is_base_moved (what the source holds is another thing by now: the plan is refused), records
select
  p.id as plan, o.name as source, p.source_id, p.run_id as run, p.hash, p.created_at, p.applied_run_id as applied_run,
  p.base <> harvest.base_of(p.source_id) as is_base_moved,
  (select count(*) from harvest.planned_records r where r.plan_id = p.id) as records
from harvest.plans p
join harvest.sources o on o.id = p.source_id
where p.id::text = :?plan or length(:?plan) >= 7 and starts_with(p.hash, :?plan)
order by p.created_at desc
