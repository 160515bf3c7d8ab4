-- Lists how often each name was given, by country, year and gender.
-- In:  nothing
-- Out: one row per country, year, gender and name: country, year, gender, name, count, is_partial
select c.code as country, s.year, s.gender, s.name, s.total_count as count, s.is_partial
from names.name_statistics s
join names.countries c on c.id = s.country_id
order by s.country_id, s.year, s.gender, s.name_key
