-- Counts what a walk saw, with the runs that it goes on with, to be held against what the source announced.
-- In:  run bigint; source bigint
-- Out: one row: keys (distinct ones, rejected records among them), rows_before (raw rows of the runs it goes on with),
--      duplicates, conflicts, held (datasets that are not retired), unseen (those of them that the walk did not see)
with chain as (
  select c.id, c.cursor_sequence from ops.chain_of(:?run::bigint) c
),
first as (
  select min(chain.id) as id from chain
),
seen as (
  select count(*) as keys, coalesce(sum(s.duplicates), 0)::bigint as duplicates, coalesce(sum(s.conflicts), 0)::bigint as conflicts
  from harvest.sightings s, first
  where s.source_id = :?source::bigint and s.run_id >= first.id
),
-- Beyond its cursor the next run asked once more.
before as (
  select coalesce(sum(q.records), 0)::bigint as rows
  from chain join ops.requests q on q.run_id = chain.id and q.sequence <= chain.cursor_sequence
  where chain.id <> :?run::bigint
),
held as (
  select count(*) as datasets, count(*) filter (where s.run_id is null or s.run_id < first.id) as unseen
  from first
  join harvest.datasets d on d.source_id = :?source::bigint and d.retired_at is null
  left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
)
select seen.keys, before.rows as rows_before, seen.duplicates, seen.conflicts, held.datasets as held, held.unseen
from seen, before, held
