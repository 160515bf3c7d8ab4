-- Lists jobs, the latest first, or finds one.
-- In:  job uuid (null: all); status text (null: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per job: job, type, status (cancelled for a failed one that an operator cancelled), attempts, max_attempts, source,
--      filename, entry, dataset, figures, births, run, next_retry_at, created_at, started_at, completed_at, error, page_key
select
  j.id as job, j.type, case when j.cancelled_at is null then j.status else 'cancelled' end as status, j.attempts, j.max_attempts,
  s.code as source, d.filename, d.entry, d.id as dataset, d.row_count as figures, d.births, j.run_id as run, j.next_retry_at,
  j.created_at, j.started_at, j.completed_at, j.last_error as error, jsonb_build_array(j.created_at, j.id) as page_key
from names.jobs j
left join names.datasets d on d.id = j.dataset_id
left join names.sources s on s.id = d.source_id
where (:?job::uuid is null or j.id = :?job::uuid)
  and (:?status::text is null or case when j.cancelled_at is null then j.status else 'cancelled' end = :?status)
  and (:?after::text is null or (j.created_at, j.id) < ((:?after::jsonb ->> 0)::timestamptz, (:?after::jsonb ->> 1)::uuid))
order by j.created_at desc, j.id desc
limit :?most::bigint
