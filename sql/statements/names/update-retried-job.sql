-- Makes a dead or cancelled job due again, with all its attempts before it.
-- In:  job text (UUID); force boolean (its file counts, whatever speaks against it)
-- Out: one row: id; none if the job is not dead, or its file waits or is read as another job
update names.jobs j
set status = 'queued', attempts = 0, next_retry_at = null, completed_at = null, cancelled_at = null,
    payload = case when :?force::boolean then coalesce(payload, '{}') || '{"is_forced": true}' else payload end
where id = :?job::uuid and status = 'failed' and not exists (
  select from names.jobs o where o.dataset_id = j.dataset_id and o.status in ('queued', 'running'))
returning id
