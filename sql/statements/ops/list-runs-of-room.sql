-- Lists runs, the newest first.
-- In:  room text; status text; since timestamptz (null each: any); run bigint (null: all);
--      after text (page_key of the row before the first; null: the newest); most bigint (null: all)
-- Out: one row per run: run, room, flow, scope, trigger, mode, status, the counts, bytes, seconds, is_complete, is_stale (it
--      runs by the ledger, but its worker has sent no heartbeat within its lease), error, note, node, started_at, finished_at,
--      page_key
select
  r.id as run, r.room, r.flow, r.scope, r.trigger, r.mode, r.status, r.seen, r.added, r.updated, r.unchanged, r.retired,
  r.restored, r.rejected, r.skipped, r.bytes,
  round(extract(epoch from coalesce(r.finished_at, beat.heartbeat_at) - r.started_at), 3) as seconds, r.is_complete,
  r.status = 'running' and not ops.is_alive(r.claimed_by) as is_stale, ops.without_secrets(r.error) as error, ops.without_secrets(r.note) as note, r.node, r.started_at, r.finished_at,
  jsonb_build_array(r.id) as page_key
from ops.runs r
left join ops.workers w on w.id = r.claimed_by and r.status = 'running'
cross join lateral (select greatest(r.heartbeat_at, w.heartbeat_at) as heartbeat_at) beat
where (:?room::text is null or r.room = :?room)
  and (:?status::text is null or r.status = :?status)
  and (:?since::timestamptz is null or r.started_at >= :?since::timestamptz)
  and (:?run::bigint is null or r.id = :?run::bigint)
  and (:?after::text is null or r.id < (:?after::jsonb ->> 0)::bigint)
order by r.id desc
limit :?most::bigint
