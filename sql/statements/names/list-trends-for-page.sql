-- Lists how often up to six names were given, year by year, both genders together.
-- In:  names text (with commas between); country text (a code)
-- Out: one row per name and year: name, year, count
with asked as (
  select distinct upper(trim(n.name)) as key
  from string_to_table(:?names, ',') as n (name)
  where trim(n.name) <> ''
  limit 6
)
select
  coalesce(max(s.name collate "C") filter (where s.name collate "C" < 'a'), max(s.name collate "C")) as name, s.year,
  sum(s.total_count)::bigint as count
from names.name_statistics s
join names.countries c on c.id = s.country_id
where s.name_key in (select a.key from asked a) and c.code = upper(:?country)
group by s.name_key, s.year
order by 1, s.year
