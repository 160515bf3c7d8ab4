-- Notes that the mail server has accepted a message, and with it what it told.
-- In:  message text (UUID); worker text; attempt integer
-- Out: one row: id; none if the message is another sender's
with closed as (
  update policy.messages m
  set status = 'sent', sent_at = clock_timestamp(), claimed_by = null, last_error = null
  where m.id = :?message::uuid and m.status = 'sending' and m.claimed_by = :?worker and m.attempts = :?attempt::integer
  returning m.id, m.sent_at
),
told as (
  update policy.email_alerts a
  set status = 'sent', sent_at = closed.sent_at
  from closed
  where a.message_id = closed.id and a.status = 'pending'
)
select id from closed
