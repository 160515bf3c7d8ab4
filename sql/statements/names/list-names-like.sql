-- Lists the names that begin with some letters, or hold them, with what was counted of them in all years.
-- In:  pattern text (of LIKE, in capitals, with accents or without); country text (null: all); most integer
-- Out: one row per country and name: country, name, female_count, male_count, first_year, last_year
select
  c.code as country, coalesce(max(n.name collate "C") filter (where n.name collate "C" < 'a'), max(n.name collate "C")) as name,
  coalesce(sum(n.count) filter (where n.gender = 'F'), 0) as female_count,
  coalesce(sum(n.count) filter (where n.gender = 'M'), 0) as male_count,
  min(n.year) as first_year, max(n.year) as last_year
from names.names n
join names.countries c on c.id = n.country_id
join names.datasets d on d.id = n.dataset_id
join names.sources s on s.id = d.source_id
where n.deleted_at is null and s.counts_towards_total
  and (
    n.name ilike names.plain(:?pattern)
    or (octet_length(n.name) > length(n.name) and names.plain(n.name_key) like names.plain(:?pattern)))
  and (:?country::text is null or c.code = upper(:?country))
group by c.code, n.name_key
order by sum(n.count) desc
limit :?most::integer
