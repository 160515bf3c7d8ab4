-- Removes a webhook with its deliveries.
-- In:  webhook text (its name)
-- Out: one row: webhook, origin; none if there is no such webhook
with gone as (
  delete from webhooks.webhooks w where w.name = :?webhook returning w.id, w.name, w.url
),
unsent as (
  delete from ops.messages m
  using gone g, webhooks.deliveries d
  where d.webhook_id = g.id and m.id = d.message_id
)
select g.name as webhook, substring(g.url from '^[a-z]+://[^/?#]+') as origin from gone g
