-- Lists the files of the last 30 days that could not be loaded and were not put aside.
-- In:  nothing
-- Out: one row per job: filename, run, since, reason
select d.filename, j.run_id as run, coalesce(j.completed_at, j.created_at) as since, j.last_error as reason
from names.jobs j
left join names.datasets d on d.id = j.dataset_id
where j.status = 'failed' and j.cancelled_at is null and j.created_at >= now() - interval '30 days'
order by j.created_at desc
limit 50
