-- Lists the runs that are under way, with what the last whole one of the same scope saw.
-- In:  nothing
-- Out: one row per run: run, room, flow, scope, mode, started_at, seen, added, updated, retired, rejected, bytes, is_stale,
--      due (records that the last succeeded run saw; null: there was none)
select
  r.id as run, r.room, r.flow, r.scope, r.mode, r.started_at, r.seen, r.added, r.updated, r.retired, r.rejected, r.bytes,
  not ops.is_alive(r.claimed_by) as is_stale, before.seen as due
from ops.runs r
left join lateral (
  select nullif(b.seen, 0) as seen
  from ops.runs b
  where b.room = r.room and b.flow = r.flow and b.scope = r.scope and b.mode = r.mode and b.status = 'succeeded'
  order by b.id desc
  limit 1
) before on true
where r.status = 'running'
order by r.id
