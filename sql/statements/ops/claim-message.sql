-- Claims the next message of a room that is due for a sender.
-- In:  worker, room text; channel text (mail or webhook)
-- Out: one row: id, room, kind, recipient, message_id, attempt (from 1), worker, content (a JSON object; null if its room says
--      it when it is sent); none if no message is due
with next as (
  select m.id
  from ops.messages m
  where m.room = :?room and m.channel = :?channel
    and (m.status = 'pending' and m.next_attempt_at <= now()
      or m.status = 'sending' and not ops.is_alive(m.claimed_by)) -- its sender died before it could note anything
  order by m.next_attempt_at, m.created_at
  limit 1
  for update skip locked
)
update ops.messages m
set status = 'sending', claimed_by = :?worker, attempts = m.attempts + 1
from next
where m.id = next.id
returning m.id, m.room, m.kind, m.recipient, m.message_id, m.attempts as attempt, :?worker as worker, m.content::text as content
