-- Lists the sources and how they are doing, by name.
-- In:  kind text (null: any); health text (null: any); is_active boolean (null: both)
-- Out: one row per source that is not removed: source_id, name, kind, url, title, country, language, is_active, health, reason,
--      failures, due_at (null: it is not active), is_walked (just now), records
select
  s.id as source_id, s.name, s.kind, s.url, s.title, s.country, s.language, s.is_active, s.health, s.health_reason as reason,
  s.failures, case when s.is_active then s.due_at end as due_at, s.claimed_by is not null and ops.is_alive(s.claimed_by) as is_walked,
  coalesce(w.keys, 0) as records
from harvest.sources s
left join lateral (
  select k.keys from harvest.walks k where k.source_id = s.id order by k.run_id desc limit 1
) w on true
where s.removed_at is null
  and (:?kind::text is null or s.kind = :?kind)
  and (:?health::text is null or s.health = :?health)
  and (:?is_active::boolean is null or s.is_active = :?is_active::boolean)
order by s.name collate "C"
