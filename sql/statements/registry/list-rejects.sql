-- Lists what was refused of an index file, over all the runs that read it, some megabytes at a time.
-- In:  run bigint: the last of them; after bigint: the last_id of the row before, 0 to begin with
-- Out: one row or none: lines (NDJSON: position, reason, message, key, record), last_id
with recursive chain as (
  select id, resumes from ops.runs where id = :?run::bigint
  union all
  select r.id, r.resumes from chain c join ops.runs r on r.id = c.resumes
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
)
select string_agg(line::text, e'\n' order by id) as lines, max(id) as last_id
from fitting
having count(*) > 0
