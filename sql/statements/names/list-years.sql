-- Lists how often a name was given, year by year.
-- In:  name text (in whatever spelling); country, gender text (null: any); after text (page_key of the row before the first; null:
--      the first); most bigint (null: all)
-- Out: one row per country, gender and year: country, year, gender, name, count, rank, is_partial, page_key
select
  c.code as country, s.year, s.gender, s.name, s.total_count::bigint as count, s.rank, s.is_partial,
  jsonb_build_array(c.code, s.gender, s.year) as page_key
from names.name_statistics s
join names.countries c on c.id = s.country_id
where s.name_key = upper(:?name)
  and (:?country::text is null or c.code = upper(:?country)) and (:?gender::text is null or s.gender = :?gender)
  and (:?after::text is null
    or (c.code, s.gender, s.year) > (:?after::jsonb ->> 0, :?after::jsonb ->> 1, (:?after::jsonb ->> 2)::integer))
order by c.code, s.gender, s.year
limit :?most::bigint
