-- Makes the messages due now that failed or wait for their next attempt, under the Message-ID they have.
-- In:  nothing
-- Out: one row per message: id, status (which it had)
with held as (
  select m.id, m.status from policy.messages m
  where m.status = 'failed' or (m.status = 'pending' and m.next_attempt_at > now())
  for update skip locked
),
retried as (
  update policy.messages m
  set status = 'pending', attempts = case when held.status = 'failed' then 0 else m.attempts end, next_attempt_at = now()
  from held
  where m.id = held.id
  returning m.id, held.status
),
alerts as (
  update policy.email_alerts a
  set status = 'pending'
  from retried
  where a.message_id = retried.id and a.status = 'failed'
)
select id, status from retried
