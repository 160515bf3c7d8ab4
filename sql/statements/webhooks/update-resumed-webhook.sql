-- Resumes a webhook from its cursor, and has a delivery that failed or was held tried at once, under the id it has.
-- In:  webhook text (its name)
-- Out: one row: webhook; none if there is no such webhook
with resumed as (
  update webhooks.webhooks w
  set is_active = true, stop_reason = null, stopped_at = null, failures = 0, failing_since = null
  where w.name = :?webhook
  returning w.name, w.delivering
),
tried as (
  update ops.messages m
  set status = 'pending', attempts = 0, next_attempt_at = now()
  from resumed r
  where m.id = r.delivering and m.status in ('failed', 'cancelled', 'pending')
)
select r.name as webhook from resumed r
