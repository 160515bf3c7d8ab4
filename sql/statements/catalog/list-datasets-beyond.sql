-- Lists what is held beyond the place where a walk ended: some of it, evenly spread, to be asked for by id.
-- In:  run bigint (null: a dry run); region text; cursor text (null: nothing was seen); most integer
-- Out: one row: read_before (records of the runs that this one goes on with, up to where it went on), is_gone_on (it goes
--      on with one that lacked nothing so far), beyond (datasets held beyond the cursor), ids (JSON [text]: so many of
--      them at the most, the last one always)
with recursive chain as (
  select resumes as id from ops.runs where id = :?run::bigint
  union all
  select r.resumes from chain c join ops.runs r on r.id = c.id
),
request as (
  select run_id, sequence, records, last_key, row_number() over (partition by run_id order by sequence) as rank
  from ops.requests
  where run_id in (select id from chain)
),
-- The last page of a run below which none is missing: the next run went on from there.
last_page as (
  select run_id, max(sequence) as sequence
  from request
  where sequence = rank and last_key is not null
  group by run_id
),
before as (
  select coalesce(sum(request.records), 0) as records
  from request
  join last_page on last_page.run_id = request.run_id and request.sequence <= last_page.sequence
),
beyond as (
  select id, row_number() over (order by id desc) as rank, count(*) over () as datasets
  from catalog.socrata_datasets
  where region = :?region and retired_at is null and id > coalesce(:?cursor, '')
),
sample as (
  select id from beyond where (rank - 1) % ceil(datasets::numeric / :?most::integer) = 0
)
select
  before.records as read_before,
  (select coalesce(bool_and(status <> 'partial'), false) from ops.runs where id in (select id from chain)) as is_gone_on,
  (select count(*) from beyond) as beyond,
  coalesce((select jsonb_agg(id order by id) from sample), '[]')::text as ids
from before
