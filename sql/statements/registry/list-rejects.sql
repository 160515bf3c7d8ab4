-- Lists what was refused of an index file, over all the runs that read it, some megabytes at a time.
-- In:  run bigint: the last of them; after bigint: the last_id of the row before, 0 to begin with
-- Out: one row or none: lines (NDJSON: position, reason, message, key, record), last_id, unlisted (a last line that tells
--      of those that are counted and not kept; null: there is none)
with chain as (
  select id, rejected from ops.chain_of(:?run::bigint)
),
reject as (
  select
    r.id,
    json_build_object(
      'position', r.position, 'reason', r.reason, 'message', r.message, 'key', r.key, 'record', r.record) as line
  from ops.rejects r
  where r.run_id in (select id from chain) and r.id > :?after::bigint
  order by r.id
  limit 1000
),
-- The first always, then as many as keep the whole small.
fitting as (
  select id, line
  from (select id, line, sum(octet_length(line::text)) over (order by id) as size, row_number() over (order by id) as rank
    from reject) sized
  where rank = 1 or size < 4000000
),
-- A run that goes on counts again what it reads again: the counts alone do not say that some are missing.
kept as (
  select sum(rejects) as rejects
  from (select count(*) as rejects from ops.rejects where run_id in (select id from chain) group by reason) of_reason
  having max(rejects) >= ops.most_rejects()
),
unlisted as (
  select (select sum(rejected) from chain) - kept.rejects as rejects from kept
)
select string_agg(line::text, e'\n' order by id) as lines, max(id) as last_id, (
  select json_build_object(
    'reason', 'not-listed', 'records', u.rejects,
    'message', format('%s more records were rejected; of each reason the first %s are kept.', u.rejects, ops.most_rejects()))::text
  from unlisted u
  where u.rejects > 0
) as unlisted
from fitting
having count(*) > 0
