-- Lists how a name is shared between the genders, country by country.
-- In:  name text (in whatever spelling); country text (null: any); after text (page_key of the row before the first; null: the
--      first); most bigint (null: all)
-- Out: one row per country: country, name, male_count, female_count, total_count, male_probability, female_probability (percent),
--      page_key
select
  c.code as country, g.name, g.male_count::bigint as male_count, g.female_count::bigint as female_count,
  g.total_count::bigint as total_count, g.male_probability, g.female_probability,
  jsonb_build_array(c.code) as page_key
from names.gender_probabilities g
join names.countries c on c.id = g.country_id
where g.name_key = upper(:?name)
  and (:?country::text is null or c.code = upper(:?country))
  and (:?after::text is null or c.code > :?after::jsonb ->> 0)
order by c.code
limit :?most::bigint
