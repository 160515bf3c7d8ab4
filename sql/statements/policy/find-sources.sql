-- Finds the sources that people may mean, those first that fit best.
-- In:  said text: a name, the beginning of one, a URL, or an id or its beginning
-- Out: one row per source: fit (1: its name; 2: its URL or id; 3: the beginning of its name or id; 4: it occurs in its name
--      or URL, which is no more than a guess), source_id, name, country, visa_type, url
with said as (
  select :?said::text as said, lower(:?said) as lower
),
fitting as (
  select
    case
      when s.name = said.said then 1
      when s.url = said.said or s.id::text = said.lower then 2
      when starts_with(lower(s.name), said.lower) or starts_with(s.id::text, said.lower) then 3
      when strpos(lower(s.name), said.lower) > 0 or strpos(lower(s.url), said.lower) > 0 then 4
    end as fit,
    s.id as source_id, s.name, s.country, s.visa_type, s.url
  from policy.sources s, said
)
select fit, source_id, name, country, visa_type, url from fitting where fit is not null order by fit, name
