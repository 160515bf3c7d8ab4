-- Lists how often a name was given, year by year.
-- In:  key text (the name in capitals); country, gender text (null: any)
-- Out: one row per country, year and gender: country, year, gender, name, count, rank, is_partial
select c.code as country, s.year, s.gender, s.name, s.total_count as count, s.rank, s.is_partial
from names.name_statistics s
join names.countries c on c.id = s.country_id
where s.name_key = :?key and (:?country::text is null or c.code = upper(:?country)) and (:?gender::text is null or s.gender = :?gender)
order by c.code, s.gender, s.year
