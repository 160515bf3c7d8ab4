-- Finds the next source that an order asks for, without claiming it: for a dry run, which writes nothing.
-- In:  source text (its name; null: any); kind text (null: any); is_due boolean (only what is due);
--      done jsonb [bigint] (those that it has had already)
-- Out: one row: claimed_at, source_id, name, kind, url, host, title, country, language, options (as JSON), secret (name of the environment
--      variable), schedule, health, failures, due_at, kind_hash; none if there is no other
select
  clock_timestamp() as claimed_at, s.id as source_id, s.name, s.kind, s.url, s.host, s.title, s.country, s.language, s.options::text as options, s.secret,
  s.schedule, s.health, s.failures, s.due_at, s.kind_hash
from harvest.sources s
where s.removed_at is null
  and (s.name = :?source or :?source::text is null and s.is_active)
  and (s.kind = :?kind or :?kind::text is null)
  and (not :?is_due::boolean or s.due_at <= now())
  and s.id not in (select jsonb_array_elements_text(:?done::jsonb)::bigint)
order by s.due_at, s.id
limit 1
