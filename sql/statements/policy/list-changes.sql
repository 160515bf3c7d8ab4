-- Lists the changes, the latest first.
-- In:  since timestamptz (null: all); is_technical boolean (true: those too that only other rules or another way to read made)
-- Out: one row per change: change_id, source_id, name, country, visa_type, url, old_version, new_version, detected_at,
--      is_technical, added, removed (lines), alerts (how many were to be told), alert_sent_at
select
  change_id, source_id, name, country, visa_type, url, old_sequence as old_version, new_sequence as new_version, detected_at,
  is_technical, added, removed, alerts, alert_sent_at
from policy.changes
where (:?since::timestamptz is null or detected_at >= :?since::timestamptz)
  and (not is_technical or :?is_technical::boolean)
order by detected_at desc, name
