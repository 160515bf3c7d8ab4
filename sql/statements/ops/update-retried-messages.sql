-- Makes the messages of a room due now that failed or wait for their next attempt, under the Message-ID they have.
-- In:  room text
-- Out: one row per message: id, status (which it had)
with held as (
  select m.id, m.status from ops.messages m
  where m.room = :?room and (m.status = 'failed' or (m.status = 'pending' and m.next_attempt_at > now()))
  for update skip locked
),
retried as (
  update ops.messages m
  set status = 'pending', attempts = case when held.status = 'failed' then 0 else m.attempts end, next_attempt_at = now()
  from held
  where m.id = held.id
  returning m.id, held.status
)
select id, status from retried
