-- Removes the next partition of the checks all of which are older than they are to be kept, but what is needed of it.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer (rows of it that are needed: with more it stays)
-- Out: one row: removed, after (where to go on; null at the end)
select d.removed, d.next as after
from ops.drop_old_partition(
  'policy.fetches', now() - :?keep::bigint * interval '1 millisecond', :?after::bigint,
  -- What policy/delete-old-fetches keeps.
  $needed$
    t.outcome in ('baseline', 'changed')
    or not exists (
      select from policy.fetches l where l.source_id = t.source_id and l.fetched_at > t.fetched_at and l.outcome <> 'failed')
  $needed$,
  :?most::integer) d
