-- Lists the most given names of a country in a year.
-- In:  country text; year integer (null: its last); gender text (null: both); most integer
-- Out: one row per name: country, year, gender, rank, name, count, share (percent of the counted babies), is_partial
with wanted as (
  select c.id, c.code, coalesce(:?year::integer, (select max(s.year) from names.name_statistics s where s.country_id = c.id)) as year
  from names.countries c
  where c.code = upper(:?country)
)
select
  w.code as country, s.year, s.gender, s.rank, s.name, s.total_count as count,
  round(s.total_count / s.births::numeric * 100, 2) as share, s.is_partial
from wanted w
join names.name_statistics s on s.country_id = w.id and s.year = w.year and s.rank <= :?most::integer
where :?gender::text is null or s.gender = :?gender
order by s.gender, s.rank, s.name
