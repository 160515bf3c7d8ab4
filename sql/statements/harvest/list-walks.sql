-- Lists the last walks of a source and what each of them proved, the latest first.
-- In:  source bigint; most integer (so many)
-- Out: one row per walk: run, mode, status, started_at, seconds, total (what the last page announced), rows, keys, duplicates,
--      conflicts, added, updated, retired, rejected, is_complete, ended_by, reason
select
  r.id as run, r.mode, r.status, r.started_at, extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::integer as seconds,
  coalesce(w.last_total, w.first_total) as total, w.rows, w.keys, w.duplicates, w.conflicts, r.added, r.updated, r.retired, r.rejected,
  w.is_complete, w.ended_by, coalesce(w.reason, r.error) as reason
from harvest.sources s
join ops.runs r on r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name
left join harvest.walks w on w.run_id = r.id
where s.id = :?source::bigint
order by r.id desc
limit :?most::integer
