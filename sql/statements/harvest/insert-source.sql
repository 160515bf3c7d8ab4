-- Adds one source, due at once.
-- In:  name, kind, url, host, title, country, language text (the last three may be null); options jsonb; secret text (name of
--      an environment variable, or null); schedule text (null: that of its kind); is_active boolean
-- Out: one row: source_id, name, held_as (the name under which this portal is held already: nothing was added), held_url (its
--      URL, which may be spelled otherwise), is_name_held
with held as (
  select
    min(name) filter (where name = :?name) as same_name, min(name) filter (where name <> :?name) as other_name,
    (array_agg(url order by name) filter (where name <> :?name))[1] as other_url
  from harvest.sources
  where removed_at is null
    and (name = :?name or (harvest.portal_of(url) = harvest.portal_of(:?url) and kind = :?kind and options = :?options::jsonb))
),
added as (
  insert into harvest.sources (name, kind, url, host, title, country, language, options, secret, schedule, is_active)
  select
    :?name, :?kind, :?url, :?host, :?title, :?country, :?language, :?options::jsonb, :?secret, :?schedule,
    :?is_active::boolean
  from held
  where same_name is null and other_name is null
  on conflict (name) where removed_at is null do nothing
  returning id, name
)
select
  added.id as source_id, added.name, coalesce(held.same_name, held.other_name) as held_as, held.other_url as held_url,
  added.id is null and held.other_name is null or held.same_name is not null as is_name_held
from held
left join added on true
