-- Takes the columns away that reads were given.

alter table harvest.search_documents drop column modified_at;

drop materialized view names.gender_probabilities;
drop materialized view names.name_statistics;

-- A country's figure never adds a national source to its own regions: where a national one has the year, it alone counts.
create materialized view names.name_statistics as
with living as (
  select s.dataset_id, s.year, s.gender, o.country_id, coalesce(s.region, o.region) as region, o.is_national
  from names.slices s join names.sources o on o.id = s.source_id
  where s.is_living and o.counts_towards_total
),
coverage as (
  select l.country_id, l.year, l.gender, bool_or(l.is_national) as has_national,
    not bool_or(l.is_national) and count(distinct l.region) < c.region_count as is_partial
  from living l join names.countries c on c.id = l.country_id
  group by l.country_id, l.year, l.gender, c.region_count
),
counted as (
  select l.dataset_id, l.year, l.gender, c.country_id, c.is_partial
  from living l join coverage c on c.country_id = l.country_id and c.year = l.year and c.gender = l.gender
  where l.is_national or not c.has_national
)
select
  c.country_id, n.year, n.gender,
  -- Of several spellings one that begins with a capital and goes on in small letters, if there is one: before all that
  -- begin with a small letter, after those in capitals.
  coalesce(max(n.name collate "C") filter (where n.name collate "C" < 'a'), max(n.name collate "C")) as name, n.name_key,
  sum(n.count) as total_count, count(distinct n.dataset_id) as dataset_count, bool_or(c.is_partial) as is_partial
from names.names n
join counted c on c.dataset_id = n.dataset_id and c.year = n.year and c.gender = n.gender
where n.deleted_at is null
group by c.country_id, n.year, n.gender, n.name_key;

-- A refresh while others read needs one; "the names of a country and year".
create unique index idx_name_stats_country_year on names.name_statistics (country_id, year, gender, name_key);
-- "The trend of a name, in whatever spelling."
create index idx_name_stats_name on names.name_statistics (name_key);
comment on materialized view names.name_statistics is 'Figures of each country: one row a year, gender and name.';
comment on column names.name_statistics.is_partial is
  'Only some regions of the country are counted: the true figure is larger.';

create materialized view names.gender_probabilities as
select
  coalesce(max(name collate "C") filter (where name collate "C" < 'a'), max(name collate "C")) as name, name_key, country_id,
  coalesce(sum(total_count) filter (where gender = 'M'), 0) as male_count,
  coalesce(sum(total_count) filter (where gender = 'F'), 0) as female_count,
  sum(total_count) as total_count,
  round(coalesce(sum(total_count) filter (where gender = 'M'), 0) / sum(total_count) * 100, 2) as male_probability,
  round(coalesce(sum(total_count) filter (where gender = 'F'), 0) / sum(total_count) * 100, 2) as female_probability
from names.name_statistics
group by name_key, country_id
having sum(total_count) >= 100;

-- A refresh while others read needs one; "what gender has this name?"
create unique index idx_gender_prob_name on names.gender_probabilities (name_key, country_id);
-- "The names of a country that both have."
create index idx_gender_prob_country on names.gender_probabilities (country_id);
comment on materialized view names.gender_probabilities is
  'Share of each gender among the bearers of a name, in percent, over all years; of names with 100 bearers or more.';
