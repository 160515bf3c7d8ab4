-- Lists names with what was counted of them in all years, by name and country: all, or those that begin with some letters, with
-- accents or without.
-- In:  prefix, country text (null each: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per country and name: name, country, female_count, male_count, total_count, first_year, last_year, page_key
with asked as (
  -- What LIKE takes for a sign of its own is meant as it is written.
  select upper(regexp_replace(:?prefix, '([%_\\])', '\\\1', 'g')) || '%' as pattern
),
wanted as materialized (
  select distinct n.name_key
  from names.names n
  where :?prefix::text is not null and n.deleted_at is null
    and (
      n.name ilike names.plain((select a.pattern from asked a))
      or (octet_length(n.name) > length(n.name) and names.plain(n.name_key) like names.plain((select a.pattern from asked a))))
),
counted as (
  (select s.name_key, s.country_id,
    coalesce(max(s.name collate "C") filter (where s.name collate "C" < 'a'), max(s.name collate "C")) as name,
    coalesce(sum(s.total_count) filter (where s.gender = 'F'), 0) as female_count,
    coalesce(sum(s.total_count) filter (where s.gender = 'M'), 0) as male_count, sum(s.total_count) as total_count,
    min(s.year) as first_year, max(s.year) as last_year
  from names.name_statistics s
  where :?prefix::text is null
    and (:?country::text is null or s.country_id = (select c.id from names.countries c where c.code = upper(:?country)))
    and (:?after::text is null or s.name_key >= :?after::jsonb ->> 0
      and (s.name_key, s.country_id) > (:?after::jsonb ->> 0, (:?after::jsonb ->> 1)::uuid))
  group by s.name_key, s.country_id
  order by s.name_key, s.country_id
  limit :?most::bigint)
  union all
  (select s.name_key, s.country_id, coalesce(max(s.name collate "C") filter (where s.name collate "C" < 'a'), max(s.name collate "C")),
    coalesce(sum(s.total_count) filter (where s.gender = 'F'), 0), coalesce(sum(s.total_count) filter (where s.gender = 'M'), 0),
    sum(s.total_count), min(s.year), max(s.year)
  from wanted w
  join names.name_statistics s using (name_key)
  where (:?country::text is null or s.country_id = (select c.id from names.countries c where c.code = upper(:?country)))
    and (:?after::text is null or (s.name_key, s.country_id) > (:?after::jsonb ->> 0, (:?after::jsonb ->> 1)::uuid))
  group by s.name_key, s.country_id
  order by s.name_key, s.country_id
  limit :?most::bigint)
)
select
  n.name, c.code as country, n.female_count::bigint as female_count, n.male_count::bigint as male_count,
  n.total_count::bigint as total_count, n.first_year, n.last_year,
  jsonb_build_array(n.name_key, n.country_id) as page_key
from counted n
join names.countries c on c.id = n.country_id
order by n.name_key, n.country_id
