-- Finds a webhook by its name.
-- In:  webhook text (its name)
-- Out: one row: id, name, url, secret_hash; none if there is no such webhook
select w.id::text as id, w.name, w.url, w.secret_hash from webhooks.webhooks w where w.name = :?webhook
