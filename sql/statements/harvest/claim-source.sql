-- Claims for a worker the sources that are due longest, of those whose host has room for one more walk, or one by its name; a single one rather of a host that nobody walks.
-- In:  worker text; source text (its name: walked now, due or not, active or not; null: any); kind text (null: any);
--      is_due boolean (false: those that are not due too); done jsonb [bigint] (not any more in this run); concurrent integer (walks
--      of one host at a time, over all processes); most integer (so many at once)
-- Out: one row per source, the longest due first: claimed_at, source_id, name, kind, url, host, title, country, language, options (as
--      JSON), secret (name of the environment variable), schedule, health, failures, due_at, kind_hash; none if none can be had
select
  clock_timestamp() as claimed_at, s.id as source_id, s.name, s.kind, s.url, s.host, s.title, s.country, s.language, s.options::text as options, s.secret,
  s.schedule, s.health, s.failures, s.due_at, s.kind_hash
from harvest.claim_sources(
  :?worker, :?source, :?kind, :?is_due::boolean, array(select jsonb_array_elements_text(:?done::jsonb)::bigint),
  :?concurrent::integer, :?most::integer) with ordinality as c (id, place)
join harvest.sources s on s.id = c.id
order by c.place
