-- Lists the latest runs, newest first.
-- In:  run bigint (null: all); room text (null: all); failed boolean (those that failed alone; null: all); since timestamptz (that
--      began since, or run; null: all); most integer
-- Out: one row per run: run, room, flow, scope, trigger, mode, status, the counts, bytes, seconds, cursor, error, note,
--      resumes, is_complete, is_stale (it runs by the ledger, but its worker has sent no heartbeat within its lease),
--      node, begun_at, started_at, heartbeat_at, finished_at
select
  r.id as run, r.room, r.flow, r.scope, r.trigger, r.mode, r.status, r.seen, r.added, r.updated, r.unchanged, r.retired,
  r.restored, r.rejected, r.skipped, r.bytes,
  round(extract(epoch from coalesce(r.finished_at, beat.heartbeat_at) - r.started_at), 3) as seconds, ops.without_secrets(r.cursor) as cursor,
  ops.without_secrets(r.error) as error, ops.without_secrets(r.note) as note, r.resumes, r.is_complete, r.status = 'running' and not ops.is_alive(r.claimed_by) as is_stale,
  r.node, r.begun_at, r.started_at, beat.heartbeat_at, r.finished_at
from ops.runs r
left join ops.workers w on w.id = r.claimed_by and r.status = 'running'
cross join lateral (select greatest(r.heartbeat_at, w.heartbeat_at) as heartbeat_at) beat
where (:?run::bigint is null or r.id = :?run::bigint)
  and (:?room::text is null or r.room = :?room)
  and (:?failed::boolean is not true or r.status = 'failed')
  and (:?since::timestamptz is null or r.started_at >= :?since::timestamptz or r.status = 'running')
order by r.id desc
limit :?most::integer
