-- Pauses a webhook: its cursor stays, and what was to be posted waits.
-- In:  webhook text (its name)
-- Out: one row: webhook; none if there is no such webhook
with paused as (
  update webhooks.webhooks w
  set is_active = false, stop_reason = coalesce(w.stop_reason, 'paused'), stopped_at = coalesce(w.stopped_at, now())
  where w.name = :?webhook
  returning w.name, w.delivering
),
held as (
  update ops.messages m
  set status = 'cancelled', claimed_by = null
  from paused p
  where m.id = p.delivering and m.status in ('pending', 'sending')
)
select p.name as webhook from paused p
