-- Lists the countries of which there are figures.
-- In:  nothing
-- Out: one row per country: code, name, first_year, last_year, figures
select c.code, c.name, min(s.year) as first_year, max(s.year) as last_year, sum(s.row_count)::bigint as figures
from names.countries c
join names.sources o on o.country_id = c.id
join names.slices s on s.source_id = o.id and s.is_living
group by c.code, c.name
order by c.name
