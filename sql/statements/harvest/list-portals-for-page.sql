-- Lists sources with their health and what they hold, by name.
-- In:  words text (part of a name or title; null: any); health text; kind text; country text (null each: any);
--      skip integer (so many are passed over)
-- Out: one row per source, at most 51: name, title, kind, country, is_active, health, reason, datasets, retired, announced, seen
--      (of its last walk), is_last_walk_complete, last_complete_at, due_at, held_back
select
  s.name, o.title, s.kind, s.country, s.is_active, s.health, s.health_reason as reason, s.datasets, s.retired,
  s.last_total as announced, s.keys as seen, s.is_last_walk_complete, s.last_complete_at, case when s.is_active then s.due_at end as due_at,
  s.held_back
from harvest.source_status s
join harvest.sources o on o.id = s.id
where (:?words::text is null or strpos(lower(concat_ws(' ', s.name, o.title)), lower(:?words)) > 0)
  and (:?health::text is null or s.health = :?health)
  and (:?kind::text is null or s.kind = :?kind)
  and (:?country::text is null or s.country = upper(:?country))
order by s.held_back is null, array_position('{dead,failing,partial,flapping}', s.health), s.name collate "C"
limit 51 offset :?skip::integer
