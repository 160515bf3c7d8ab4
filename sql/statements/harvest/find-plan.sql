-- Finds a plan by its id or the beginning of its hash.
-- In:  plan text
-- Out: one row per plan, the newest first: plan, hash, source_id, name and kind (of its source), run, created_at, walk (JSON: what
--      its walk proved), is_complete (its walk was; else walk is null), applied_run (null if it was not applied), is_applied (to its end)
select
  p.id::text as plan, p.hash, p.source_id, o.name, o.kind, p.run_id as run, p.created_at, p.walk::text as walk,
  p.walk is not null as is_complete,
  p.applied_run_id as applied_run,
  exists (
    select from ops.runs r
    where r.room = 'harvest' and r.flow = 'walk' and r.scope = o.name and r.mode = 'apply' and r.status = 'succeeded'
      and p.applied_run_id in (select c.id from ops.chain_of(r.id) c)) as is_applied
from harvest.plans p
join harvest.sources o on o.id = p.source_id and o.removed_at is null
where p.id::text = :?plan or length(:?plan) >= 7 and starts_with(p.hash, :?plan)
order by p.created_at desc
