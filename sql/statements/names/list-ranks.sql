-- Lists the names of a country in a year, the most given first.
-- In:  country text; year bigint (null: its last); gender text (null: both); after text (page_key of the row before the first; null:
--      the first); most bigint (null: all)
-- Out: one row per name and gender: country, year, gender, rank, name, count, share (percent of the counted babies), is_partial,
--      page_key
with wanted as (
  select c.id, c.code, coalesce(:?year::integer, (select max(s.year) from names.name_statistics s where s.country_id = c.id)) as year
  from names.countries c
  where c.code = upper(:?country)
),
ranked as (
  select
    s.gender, s.name, s.name_key, s.total_count, s.is_partial, s.year, w.code,
    rank() over (partition by s.gender order by s.total_count desc) as rank,
    sum(s.total_count) over (partition by s.gender) as babies
  from names.name_statistics s
  join wanted w on w.id = s.country_id and w.year = s.year
  where :?gender::text is null or s.gender = :?gender
)
select
  r.code as country, r.year, r.gender, r.rank, r.name, r.total_count::bigint as count, round(r.total_count / r.babies * 100, 2) as share,
  r.is_partial, jsonb_build_array(r.rank, r.gender, r.name_key) as page_key
from ranked r
where :?after::text is null
  or (r.rank, r.gender, r.name_key) > ((:?after::jsonb ->> 0)::bigint, :?after::jsonb ->> 1, :?after::jsonb ->> 2)
order by r.rank, r.gender, r.name_key
limit :?most::bigint
