-- Finds a plan of a region by its id or the beginning of its hash.
-- In:  plan text
-- Out: one row per plan, the newest first: plan, hash, region, name (of its source), run, created_at, is_complete (its crawl was), applied_run (null if
--      it was not applied), is_applied (to its end)
select
  p.id::text as plan, p.hash, p.region, 'socrata-' || p.region as name, p.run_id as run, p.created_at, p.is_complete, p.applied_run_id as applied_run,
  exists (
    select from ops.runs r
    where r.room = 'catalog' and r.flow = 'crawl' and r.scope = p.region and r.mode = 'apply' and r.status = 'succeeded'
      and p.applied_run_id in (select c.id from ops.chain_of(r.id) c)) as is_applied
from catalog.plans p
where p.id::text = :?plan or length(:?plan) >= 7 and starts_with(p.hash, :?plan)
order by p.created_at desc
