-- Lists the latest runs, newest first.
-- In:  run bigint (null: all); most integer; now timestamptz (null: the clock)
-- Out: one row per run: run, room, flow, scope, trigger, mode, status, the counts, bytes, seconds, cursor, error, note,
--      resumes, is_complete, is_stale (it runs by the ledger, but its last heartbeat, due every 10 s, is a minute old),
--      node, begun_at, started_at, heartbeat_at, finished_at
select
  id as run, room, flow, scope, trigger, mode, status, seen, added, updated, unchanged, retired, restored, rejected,
  skipped, bytes, round(extract(epoch from coalesce(finished_at, heartbeat_at) - started_at), 3) as seconds, cursor,
  error, note, resumes, is_complete,
  status = 'running' and heartbeat_at < coalesce(:?now::timestamptz, now()) - interval '60 seconds' as is_stale, node, begun_at, started_at, heartbeat_at, finished_at
from ops.runs
where :?run::bigint is null or id = :?run::bigint
order by id desc
limit :?most::integer
