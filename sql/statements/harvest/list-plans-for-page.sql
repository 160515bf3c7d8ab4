-- Lists the last plans of a source, the latest first.
-- In:  source text (its name)
-- Out: one row per plan, at most five: plan, hash, created_at, run, records (that its walk saw), is_complete (its walk), applied_run
select
  p.id::text as plan, left(p.hash, 12) as hash, p.created_at, p.run_id as run, r.seen as records, p.walk is not null as is_complete,
  p.applied_run_id as applied_run
from harvest.plans p
join harvest.sources s on s.id = p.source_id and s.removed_at is null
left join ops.runs r on r.id = p.run_id
where s.name = :?source
order by p.created_at desc
limit 5
