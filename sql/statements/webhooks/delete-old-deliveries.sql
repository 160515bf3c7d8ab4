-- Removes a batch of deliveries that were accepted longer ago than they are to be kept.
-- In:  keep bigint (milliseconds; null: forever); after bigint; most integer
-- Out: one row: removed, after (where to go on; null at the end)
with gone as (
  delete from ops.messages m
  where m.id in (
    select o.id
    from ops.messages o
    where o.room = 'webhooks' and o.status = 'sent' and o.sent_at < now() - :?keep::bigint * interval '1 millisecond'
    limit :?most::integer)
  returning 1
)
select count(*) as removed, case when count(*) = :?most::integer then :?after::bigint end as after from gone
