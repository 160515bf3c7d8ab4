-- Cancels a claimed message, for there is nothing left to say in it.
-- In:  message text (UUID); worker text; attempt integer
-- Out: one row: id; none if the message is another sender's
update ops.messages m
set status = 'cancelled', claimed_by = null
where m.id = :?message::uuid and m.status = 'sending' and m.claimed_by = :?worker and m.attempts = :?attempt::integer
returning m.id
