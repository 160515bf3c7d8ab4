-- Counts what a plan saw of what its source holds, to be held against what came.
-- In:  plan uuid
-- Out: one row: held (datasets that are not retired), unseen (those of them that the walk of the plan did not see)
select count(*) as held, count(*) filter (where r.key is null) as unseen
from harvest.plans p
join harvest.datasets d on d.source_id = p.source_id and d.retired_at is null
left join harvest.planned_records r on r.plan_id = p.id and r.key = d.key
where p.id = :?plan::uuid
