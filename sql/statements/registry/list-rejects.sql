-- Lists what was refused of an index file, over all the runs that read it, a thousand to a row.
-- In:  run bigint: the last of them
-- Out: rows in order: lines (NDJSON: position, reason, message, key, record)
with recursive chain as (
  select id, resumes from ops.runs where id = :?run::bigint
  union all
  select r.id, r.resumes from chain c join ops.runs r on r.id = c.resumes
),
reject as (
  select
    r.id,
    json_build_object(
      'position', r.position, 'reason', r.reason, 'message', r.message, 'key', r.key, 'record', r.record) as line,
    row_number() over (order by r.id) as rank
  from ops.rejects r join chain on chain.id = r.run_id
)
select string_agg(line::text, e'\n' order by id) as lines
from reject
group by (rank - 1) / 1000
order by (rank - 1) / 1000
