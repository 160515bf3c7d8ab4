-- Lists how a name is shared between the genders.
-- In:  key text (the name in capitals); country text (null: all, each and their sum)
-- Out: one row per country, and one of all if no country is named: country (null: all), name, male_count, female_count,
--      total_count, male_probability, female_probability (percent)
select
  c.code as country, coalesce(max(g.name collate "C") filter (where g.name collate "C" < 'a'), max(g.name collate "C")) as name, sum(g.male_count) as male_count, sum(g.female_count) as female_count,
  sum(g.total_count) as total_count, round(sum(g.male_count) / sum(g.total_count) * 100, 2) as male_probability,
  round(sum(g.female_count) / sum(g.total_count) * 100, 2) as female_probability
from names.gender_probabilities g
join names.countries c on c.id = g.country_id
where g.name_key = :?key and (:?country::text is null or c.code = upper(:?country))
group by grouping sets ((c.code), ())
having c.code is not null or (:?country::text is null and count(*) > 1)
order by c.code nulls last
