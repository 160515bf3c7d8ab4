-- Lists the walks of a source and what each of them proved, the latest first.
-- In:  source text (its name); after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per walk: run, mode, status, started_at, finished_at, seconds, announced (by its last page), rows, keys, duplicates,
--      conflicts, added, updated, retired, restored, rejected, is_complete, ended_by, reason, page_key
select
  r.id as run, r.mode, r.status, r.started_at, r.finished_at,
  round(extract(epoch from coalesce(r.finished_at, r.heartbeat_at) - r.started_at), 3) as seconds,
  coalesce(w.last_total, w.first_total) as announced, w.rows, w.keys, w.duplicates, w.conflicts, r.added, r.updated, r.retired,
  r.restored, r.rejected, w.is_complete, w.ended_by, ops.without_secrets(coalesce(w.reason, r.error)) as reason, jsonb_build_array(r.id) as page_key
from ops.runs r
left join harvest.walks w on w.run_id = r.id
where r.room = 'harvest' and r.flow = 'walk' and r.scope = :?source
  and (:?after::text is null or r.id < (:?after::jsonb ->> 0)::bigint)
order by r.id desc
limit :?most::bigint
