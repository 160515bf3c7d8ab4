-- Lists how up to six names are shared between the genders in a country.
-- In:  names text (with commas between); country text (a code)
-- Out: one row per name: name, female_count, male_count, female_probability, male_probability (percent)
with asked as (
  select distinct upper(trim(n.name)) as key
  from string_to_table(:?names, ',') as n (name)
  where trim(n.name) <> ''
  limit 6
)
select
  coalesce(max(g.name collate "C") filter (where g.name collate "C" < 'a'), max(g.name collate "C")) as name,
  sum(g.female_count)::bigint as female_count, sum(g.male_count)::bigint as male_count,
  round(sum(g.female_count) / sum(g.total_count) * 100, 1) as female_probability,
  round(sum(g.male_count) / sum(g.total_count) * 100, 1) as male_probability
from names.gender_probabilities g
join names.countries c on c.id = g.country_id
where g.name_key in (select a.key from asked a) and c.code = upper(:?country)
group by g.name_key
order by 1
