-- Finds a source with its health, what it holds, and the retirement that waits for a decision.
-- In:  source text (its name)
-- Out: one row: source_id, name, title, kind, url, country, schedule, is_active, is_walked (just now), health, reason, failures,
--      due_at, datasets, retired, pending, last_complete_at, retirement, held_back, held_back_at, held_reason,
--      samples (JSON: [{key, title, id}] of what is held back)
select
  s.id as source_id, s.name, o.title, s.kind, s.url, s.country, o.schedule, s.is_active,
  o.claimed_by is not null and ops.is_alive(o.claimed_by) as is_walked, s.health, s.health_reason as reason, s.failures, s.due_at,
  s.datasets, s.retired, s.pending, s.last_complete_at, r.id as retirement, cardinality(r.keys) as held_back,
  r.held_back_at, r.reason as held_reason,
  (
    select jsonb_agg(jsonb_build_object('key', d.key, 'title', d.title, 'id', d.id) order by d.key)::text
    from (
      select d.* from harvest.datasets d where d.source_id = s.id and d.key = any (r.keys) order by d.key limit 12
    ) d
  ) as samples
from harvest.source_status s
join harvest.sources o on o.id = s.id
left join harvest.retirements r on r.source_id = s.id and r.decision is null
where s.name = :?source
