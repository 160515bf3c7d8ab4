-- Switches off the webhooks that have failed for too long; their cursors stay.
-- In:  give_up bigint (milliseconds since the first failure)
-- Out: one row per webhook that was switched off: webhook, failing_since, error
with given_up as (
  update webhooks.webhooks w
  set is_active = false, stop_reason = 'failing', stopped_at = now()
  where w.is_active and w.failing_since <= now() - :?give_up::bigint * interval '1 millisecond'
  returning w.name, w.delivering, w.failing_since, w.last_error
),
ended as (
  update ops.messages m
  set status = 'failed', claimed_by = null, last_error = coalesce(m.last_error, g.last_error)
  from given_up g
  where m.id = g.delivering and m.status in ('pending', 'sending')
)
select g.name as webhook, g.failing_since, g.last_error as error from given_up g
