-- Finds a source by its name, or those whose names are like what was said.
-- In:  source text (a name, or a part of one)
-- Out: one row per source, at most ten, the one of that name first: is_named (it has that name), source_id, name, kind, url,
--      host, title, country, language, options (as JSON), secret (name of the environment variable), schedule, is_active,
--      health, reason, failures, due_at, is_walked (just now), created_at
select
  s.name = :?source as is_named, s.id as source_id, s.name, s.kind, s.url, s.host, s.title, s.country, s.language,
  s.options::text as options, s.secret, s.schedule, s.is_active, s.health, s.health_reason as reason, s.failures, s.due_at,
  s.claimed_by is not null and ops.is_alive(s.claimed_by) as is_walked, s.created_at
from harvest.sources s
where s.removed_at is null and strpos(s.name, lower(:?source)) > 0
order by s.name <> :?source, not starts_with(s.name, lower(:?source)), s.name collate "C"
limit 10
