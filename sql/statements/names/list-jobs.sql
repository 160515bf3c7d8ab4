-- Lists jobs, the latest first.
-- In:  job text (UUID or the beginning of one; null: all); status text (null: any); most integer
-- Out: one row per job: job, type, status (cancelled for a failed one that an operator cancelled), attempts, max_attempts,
--      source, filename, entry, dataset, dataset_status, figures, births, run, worker, next_retry_at, created_at,
--      started_at, completed_at, added, changed, removed, rejected, skipped (of its last run), error, note
select
  j.id as job, j.type, case when j.cancelled_at is null then j.status else 'cancelled' end as status, j.attempts, j.max_attempts,
  s.code as source, d.filename, d.entry, d.id as dataset, d.status as dataset_status, d.row_count as figures, d.births,
  j.run_id as run, j.claimed_by as worker, j.next_retry_at, j.created_at, j.started_at, j.completed_at,
  r.added, r.updated as changed, r.retired as removed, r.rejected, r.skipped, j.last_error as error, r.note
from names.jobs j
left join names.datasets d on d.id = j.dataset_id
left join names.sources s on s.id = d.source_id
left join ops.runs r on r.id = j.run_id
where (:?job::text is null or j.id::text like :?job || '%')
  and (:?status::text is null or case when j.cancelled_at is null then j.status else 'cancelled' end = :?status)
order by j.created_at desc
limit :?most::integer
