-- Lists sources with their health and what they hold, by name.
-- In:  words text (part of a name or title; null: any); health text; kind text; country text (its own or that of a
--      dataset; null each: any); skip integer (so many are passed over)
-- Out: one row per source, at most 51: name, title, kind, country, is_active, health, reason, datasets, retired, announced, seen
--      (of its last walk), is_last_walk_complete, last_complete_at, due_at, held_back
with listed as materialized (
  select
    o.id, row_number() over (
      order by r.source_id is null, array_position('{dead,failing,partial,flapping}', o.health), o.name collate "C") as place
  from harvest.sources o
  left join harvest.retirements r on r.source_id = o.id and r.decision is null
  where o.removed_at is null
    and (:?words::text is null or strpos(lower(concat_ws(' ', o.name, o.title)), lower(:?words)) > 0)
    and (:?health::text is null or o.health = :?health)
    and (:?kind::text is null or o.kind = :?kind)
    and (:?country::text is null or o.country = upper(:?country)
      or exists (select from harvest.search_documents d where d.source_id = o.id and d.country = upper(:?country)))
  order by place
  limit 51 offset :?skip::integer
)
select
  s.name, o.title, s.kind, s.country, s.is_active, s.health, s.health_reason as reason, s.datasets, s.retired,
  s.last_total as announced, s.keys as seen, s.is_last_walk_complete, s.last_complete_at, case when s.is_active then s.due_at end as due_at,
  s.held_back
from listed
join harvest.source_status s on s.id = listed.id
join harvest.sources o on o.id = listed.id
order by listed.place
