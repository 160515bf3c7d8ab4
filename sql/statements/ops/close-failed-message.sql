-- Ends an attempt that failed: the message is due again after a pause that doubles each time, or the one that the server asked
-- for, or it failed for good; an attempt at a server that was out of reach does not count.
-- In:  message text (UUID); worker text; attempt integer; error text; permanent boolean (it would be refused again); down boolean
--      (the server was out of reach); most integer (attempts); pause integer (in milliseconds, after the first attempt); longest
--      integer (pause, in milliseconds); wait bigint (milliseconds that the server asked for, of which no less than the pause and
--      no more than the longest is kept to; null: it asked for none)
-- Out: one row: status (pending or failed), next_attempt_at; none if the message is another sender's
with judged as (
  select m.id, :?permanent::boolean or (not :?down::boolean and m.attempts >= :?most::integer) as is_over
  from ops.messages m
  where m.id = :?message::uuid and m.status = 'sending' and m.claimed_by = :?worker and m.attempts = :?attempt::integer
  for update
),
ended as (
  update ops.messages m
  set status = case when judged.is_over then 'failed' else 'pending' end, claimed_by = null,
      last_error = :?error,
      attempts = m.attempts - case when :?down::boolean then 1 else 0 end,
      next_attempt_at = clock_timestamp() + case
        when :?wait::bigint is null then ops.backoff(
          case when :?down::boolean then 1 else m.attempts end,
          :?pause::integer * interval '1 millisecond', :?longest::integer * interval '1 millisecond')
        else least(greatest(:?wait::bigint, :?pause::integer), :?longest::integer) * interval '1 millisecond'
      end
  from judged
  where m.id = judged.id
  returning m.id, m.status, m.next_attempt_at
)
select status, next_attempt_at from ended
