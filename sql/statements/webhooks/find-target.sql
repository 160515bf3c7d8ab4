-- Finds where a claimed delivery goes.
-- In:  message text (UUID); worker text; attempt integer
-- Out: one row: id, name, url, secret_hash; none if the message is another sender's
select w.id::text as id, w.name, w.url, w.secret_hash
from ops.messages m
join webhooks.deliveries d on d.message_id = m.id
join webhooks.webhooks w on w.id = d.webhook_id
where m.id = :?message::uuid and m.status = 'sending' and m.claimed_by = :?worker and m.attempts = :?attempt::integer
