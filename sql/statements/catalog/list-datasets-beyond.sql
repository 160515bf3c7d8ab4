-- Lists what is held beyond the place where a walk ended: some of it, evenly spread, to be asked for by id.
-- In:  run bigint (null: a dry run); scope text (the region); cursor text (null: nothing was seen); most integer
-- Out: one row: read_before (records of the runs that this one goes on with, up to where it went on), is_gone_on (it goes
--      on with one that lacked nothing so far), beyond (datasets held beyond the cursor), ids (JSON [text]: so many of
--      them at the most, the last one always)
with resumed as (
  select r.id, r.status from ops.chain_of(:?run::bigint) r where r.id <> :?run::bigint
),
-- Up to the last page of each below which none is missing: the next run went on from there.
before as (
  select coalesce(sum(q.records), 0) as records
  from resumed
  cross join ops.cursor_of(resumed.id) place
  join ops.requests q on q.run_id = resumed.id and q.sequence <= place.sequence
),
beyond as (
  select id, row_number() over (order by id desc) as rank, count(*) over () as datasets
  from catalog.socrata_datasets
  where region = :?scope and retired_at is null and id > coalesce(:?cursor, '')
),
sample as (
  select id from beyond where (rank - 1) % ceil(datasets::numeric / :?most::integer) = 0
)
select
  before.records as read_before,
  (select coalesce(bool_and(status <> 'partial'), false) from resumed) as is_gone_on,
  (select count(*) from beyond) as beyond,
  coalesce((select jsonb_agg(id order by id) from sample), '[]')::text as ids
from before
