-- Makes the next delivery of each webhook that has none under way, and moves the cursor of those for whom nothing is new.
-- In:  most integer (changes of one delivery); bytes integer (of their JSON; the first one always fits)
-- Out: one row per webhook that was looked at: webhook (its name), message (UUID; null: nothing that it wants)
with ready as materialized (
  select w.id, w.name, w.feed, w.after, w.filter
  from webhooks.webhooks w
  where w.is_active and w.delivering is null
  order by w.id
  for update skip locked
)
select r.name as webhook, webhooks.keep_delivery(r.id, batch.through, batch.changes) as message
from ready r
cross join lateral webhooks.next_batch(r.feed, r.after, r.filter, :?most::integer, :?bytes::integer) batch
