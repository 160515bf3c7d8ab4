-- Removes the next changes that are older than they are to be kept, once all have them; what lies in a partition that will go whole
-- waits for that.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with border as materialized (
  select harvest.old_changes_border(now() - :?keep::bigint * interval '1 millisecond') as id
),
next as materialized (
  select
    c.source_id, c.id, c.number,
    c.changed_at < now() - :?keep::bigint * interval '1 millisecond' and c.number <= (select harvest.received_changes()) as is_over
  from harvest.changes c
  where c.number > :?after::bigint
    and c.id < (select b.id from border b)
  order by c.number
  limit :?most::integer
),
gone as (
  delete from harvest.changes c
  using next n
  where n.is_over and (c.source_id, c.id) = (n.source_id, n.id) and c.id < (select b.id from border b)
  returning c.number
),
noted as materialized (
  select harvest.note_deleted_changes((select max(g.number) from gone g))
)
-- The first one that has to stay ends it: what comes after it is younger.
select (select count(*) from gone) as removed, case when bool_and(next.is_over) then max(next.number) end as after
from next
where exists (select from noted)
