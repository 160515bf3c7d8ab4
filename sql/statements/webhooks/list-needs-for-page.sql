-- Lists the webhooks that a person has to look at: they fail, or were switched off.
-- In:  nothing
-- Out: one row per webhook: webhook (its name), need (failing, gone, off), since, reason
select
  w.name as webhook,
  case when w.stop_reason = 'failing' then 'off' else coalesce(w.stop_reason, 'failing') end as need,
  coalesce(w.stopped_at, w.failing_since) as since, ops.without_secrets(w.last_error) as reason
from webhooks.webhooks w
where w.stop_reason in ('gone', 'failing') or w.stop_reason is null and w.failures > 0
order by since desc, w.name
limit 50
