-- Imports sources, each known by its name: all of them, or none if a page of one is held under another name already.
-- In:  sources bytea: JSON in UTF-8 [{entry, name, country, visa_type, url, fetch_type, check_frequency, is_active,
--      metadata}], one per name and one per url, country and visa_type; dry_run boolean (write nothing)
-- Out: one row per source, as given: entry, name, outcome (added, updated, unchanged, refused), is_due (is checked at once,
--      since what is fetched, how it is read, or when, is another), held_as (the other name, of a refused one)
with given as (
  select g.*
  from jsonb_to_recordset(convert_from(:?sources::bytea, 'UTF8')::jsonb) as g (
    entry integer, name text, country text, visa_type text, url text, fetch_type text, check_frequency text,
    is_active boolean, metadata jsonb)
),
compared as (
  select
    g.*, s.id,
    (s.country, s.visa_type, s.url, s.fetch_type, s.check_frequency, s.is_active, s.metadata)
      is distinct from (g.country, g.visa_type, g.url, g.fetch_type, g.check_frequency, g.is_active, g.metadata) as is_other,
    s.url is distinct from g.url as is_moved,
    (s.url, s.fetch_type, s.metadata -> 'rules') is distinct from (g.url, g.fetch_type, g.metadata -> 'rules') as is_read_anew,
    (s.check_frequency, s.metadata -> 'cron', s.metadata -> 'zone')
      is distinct from (g.check_frequency, g.metadata -> 'cron', g.metadata -> 'zone') as is_rescheduled
  from given g
  left join policy.sources s on s.name = g.name
),
-- Pages that are held under a name that keeps them: the file does not move it elsewhere.
taken as (
  select g.entry, s.name
  from given g
  join policy.sources s on s.url = g.url and s.country = g.country and s.visa_type = g.visa_type and s.name <> g.name
  where not exists (
    select from given o
    where o.name = s.name and (o.url, o.country, o.visa_type) is distinct from (s.url, s.country, s.visa_type))
),
wanted as (
  select * from compared where is_other and not :?dry_run::boolean and not exists (select from taken)
),
added as (
  insert into policy.sources (name, country, visa_type, url, fetch_type, check_frequency, is_active, metadata)
  select name, country, visa_type, url, fetch_type, check_frequency, is_active, metadata
  from wanted
  where id is null
  order by entry
),
updated as (
  update policy.sources s
  set country = w.country, visa_type = w.visa_type, url = w.url, fetch_type = w.fetch_type,
      check_frequency = w.check_frequency, is_active = w.is_active, metadata = w.metadata,
      next_check_at = case when w.is_read_anew or w.is_rescheduled then now() else s.next_check_at end,
      etag = case when w.is_read_anew then null else s.etag end,
      last_modified = case when w.is_read_anew then null else s.last_modified end,
      moved_to = case when w.is_moved then null else s.moved_to end
  from wanted w
  where s.id = w.id
),
-- What waits to be confirmed was read from another page, or otherwise.
forgotten as (
  delete from policy.candidates c using wanted w where c.source_id = w.id and w.is_read_anew
)
select
  c.entry, c.name,
  case
    when t.name is not null then 'refused' when c.id is null then 'added' when c.is_other then 'updated' else 'unchanged'
  end as outcome,
  c.is_active and c.is_other and (c.is_read_anew or c.is_rescheduled) as is_due,
  t.name as held_as
from compared c
left join taken t on t.entry = c.entry
order by c.entry
