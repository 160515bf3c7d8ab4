-- Lists the names of a country in a year, the most given first.
-- In:  country text; year bigint (null: its last); gender text (null: both); after text (page_key of the row before the first; null:
--      the first); most bigint (null: all)
-- Out: one row per name and gender: country, year, gender, rank, name, count, share (percent of the counted babies), is_partial,
--      page_key
with wanted as (
  select c.id, c.code, coalesce(:?year::integer, (select max(s.year) from names.name_statistics s where s.country_id = c.id)) as year
  from names.countries c
  where c.code = upper(:?country)
)
select
  (select w.code from wanted w) as country, s.year, s.gender, s.rank, s.name, s.total_count::bigint as count,
  round(s.total_count / s.births::numeric * 100, 2) as share, s.is_partial,
  jsonb_build_array(s.rank, s.gender, s.name_key) as page_key
from names.name_statistics s
-- Not by a join: after one the index would no longer give the order.
where s.country_id = (select w.id from wanted w) and s.year = (select w.year from wanted w)
  and (:?gender::text is null or s.gender = :?gender)
  and (:?after::text is null or s.rank >= (:?after::jsonb ->> 0)::integer
    and (s.rank, s.gender, s.name_key) > ((:?after::jsonb ->> 0)::integer, :?after::jsonb ->> 1, :?after::jsonb ->> 2))
order by s.rank, s.gender, s.name_key
limit :?most::bigint
