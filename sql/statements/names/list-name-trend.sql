-- Lists how often a name was given, year by year.
-- In:  key text (the name in capitals); country, gender text (null: any)
-- Out: one row per country, year and gender: country, year, gender, name, count, rank, is_partial
with wanted as (
  select s.*, c.code
  from names.name_statistics s
  join names.countries c on c.id = s.country_id
  where s.name_key = :?key and (:?country::text is null or c.code = upper(:?country)) and (:?gender::text is null or s.gender = :?gender)
)
select
  w.code as country, w.year, w.gender, w.name, w.total_count as count,
  (
    select count(*) + 1
    from names.name_statistics o
    where o.country_id = w.country_id and o.year = w.year and o.gender = w.gender and o.total_count > w.total_count
  ) as rank,
  w.is_partial
from wanted w
order by w.code, w.gender, w.year
