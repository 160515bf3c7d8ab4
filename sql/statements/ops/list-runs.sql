-- Lists the latest runs, newest first.
-- In:  run bigint (null: all); most integer
-- Out: one row per run: run, room, flow, scope, trigger, mode, status, the counts, bytes, seconds, cursor, error, note,
--      resumes, is_complete, node, begun_at, started_at, heartbeat_at, finished_at
select
  id as run, room, flow, scope, trigger, mode, status, seen, added, updated, unchanged, retired, restored, rejected,
  skipped, bytes, round(extract(epoch from coalesce(finished_at, heartbeat_at) - started_at), 3) as seconds, cursor,
  error, note, resumes, is_complete, node, begun_at, started_at, heartbeat_at, finished_at
from ops.runs
where :?run::bigint is null or id = :?run::bigint
order by id desc
limit :?most::integer
