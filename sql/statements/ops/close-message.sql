-- Notes that a message was accepted; what it told its room notes in the same transaction.
-- In:  message text (UUID); worker text; attempt integer
-- Out: one row: id; none if the message is another sender's
update ops.messages m
set status = 'sent', sent_at = clock_timestamp(), claimed_by = null, last_error = null
where m.id = :?message::uuid and m.status = 'sending' and m.claimed_by = :?worker and m.attempts = :?attempt::integer
returning m.id
