-- Lists the sources and how they are doing, by name, or finds one; what they are asked with, and their secrets, are left out.
-- In:  source text (its name; null: all); kind, health, country text; is_active boolean (null each: any);
--      after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per source that is not removed: name, kind, url, host, title, country, language, schedule, is_active, health, reason,
--      failures, due_at (null: it is not active), is_walked (just now), datasets, retired, pending, last_run,
--      is_last_walk_complete, announced, last_complete_at, held_back, page_key
with chosen as materialized (
  select s.id, s.name, s.kind, s.host, s.title, s.country, s.language, s.schedule, s.is_active, s.health, s.failures, s.due_at, s.claimed_by
  from harvest.sources s
  where s.removed_at is null
    and (:?source::text is null or s.name = :?source)
    and (:?kind::text is null or s.kind = :?kind)
    and (:?health::text is null or s.health = :?health)
    and (:?country::text is null or s.country = upper(:?country))
    and (:?is_active::boolean is null or s.is_active = :?is_active::boolean)
    and (:?after::text is null or s.name collate "C" > :?after::jsonb ->> 0)
  order by s.name collate "C"
  limit :?most::bigint
)
select
  c.name, c.kind, u.url, c.host, c.title, c.country, c.language, c.schedule, c.is_active, c.health,
  coalesce(u.health_reason, u.reason) as reason, c.failures, case when c.is_active then c.due_at end as due_at,
  c.claimed_by is not null and ops.is_alive(c.claimed_by) as is_walked, u.datasets, u.retired, u.pending, u.last_run_id as last_run,
  u.is_last_walk_complete, u.last_total as announced, u.last_complete_at, u.held_back, jsonb_build_array(c.name) as page_key
from chosen c
join harvest.source_status u on u.id = c.id
order by c.name collate "C"
