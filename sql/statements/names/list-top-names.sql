-- Lists the most given names of a country in a year.
-- In:  country text; year integer (null: its last); gender text (null: both); most integer
-- Out: one row per name: country, year, gender, rank, name, count, share (percent of the counted babies), is_partial
with wanted as (
  select c.id, c.code, coalesce(:?year::integer, (select max(s.year) from names.name_statistics s where s.country_id = c.id)) as year
  from names.countries c
  where c.code = upper(:?country)
),
ranked as (
  select
    s.gender, s.name, s.total_count, s.is_partial, s.year, w.code,
    rank() over (partition by s.gender order by s.total_count desc) as rank,
    sum(s.total_count) over (partition by s.gender) as babies
  from names.name_statistics s
  join wanted w on w.id = s.country_id and w.year = s.year
  where :?gender::text is null or s.gender = :?gender
)
select
  code as country, year, gender, rank, name, total_count as count, round(total_count / babies * 100, 2) as share, is_partial
from ranked
where rank <= :?most::integer
order by gender, rank, name
