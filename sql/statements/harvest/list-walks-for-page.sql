-- Lists the last walks of a source and what each of them proved, the latest first.
-- In:  source text (its name)
-- Out: one row per walk, at most 20: run, mode, status, started_at, seconds, announced, seen (keys), rows, added, updated, retired,
--      rejected, is_complete, reason, is_undoable
select
  r.id as run, r.mode, r.status, r.started_at, extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::integer as seconds,
  coalesce(w.last_total, w.first_total) as announced, w.keys as seen, w.rows, r.added, r.updated, r.retired, r.rejected,
  w.is_complete, ops.without_secrets(coalesce(w.reason, r.error, r.note)) as reason,
  r.status <> 'running' and r.mode not in ('plan', 'undo') and r.added + r.updated + r.retired + r.restored > 0 as is_undoable
from ops.runs r
left join harvest.walks w on w.run_id = r.id
where r.room = 'harvest' and r.flow = 'walk' and r.scope = :?source
order by r.id desc
limit 20
