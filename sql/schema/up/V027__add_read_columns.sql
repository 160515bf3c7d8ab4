-- Keeps beside each figure and each search document what reads would otherwise compute for every request.

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
),
figures as (
  select
    c.country_id, n.year, n.gender,
    -- Of several spellings one that begins with a capital and goes on in small letters, if there is one: before all that
    -- begin with a small letter, after those in capitals.
    coalesce(max(n.name collate "C") filter (where n.name collate "C" < 'a'), max(n.name collate "C")) as name, n.name_key,
    sum(n.count) as total_count, count(distinct n.dataset_id) as dataset_count, bool_or(c.is_partial) as is_partial
  from names.names n
  join counted c on c.dataset_id = n.dataset_id and c.year = n.year and c.gender = n.gender
  where n.deleted_at is null
  group by c.country_id, n.year, n.gender, n.name_key
)
select
  f.*, (rank() over (partition by f.country_id, f.year, f.gender order by f.total_count desc))::integer as rank,
  (sum(f.total_count) over (partition by f.country_id, f.year, f.gender))::bigint as births
from figures f;

-- A refresh while others read needs one; "the most given names of a country and year", page by page.
create unique index idx_name_stats_country_year on names.name_statistics (country_id, year, rank, gender, name_key);
-- "The trend of a name, in whatever spelling."
create index idx_name_stats_name on names.name_statistics (name_key);
comment on materialized view names.name_statistics is 'Figures of each country: one row a year, gender and name.';
comment on column names.name_statistics.is_partial is
  'Only some regions of the country are counted: the true figure is larger.';
comment on column names.name_statistics.rank is 'Of the country''s names of the year and gender, 1 the most given; those given as often have the same.';
comment on column names.name_statistics.births is 'All that are counted of the country, year and gender.';

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

-- Of documents that say the words alike the newest stands first: its moment is no longer looked for in each of 2,000 datasets.
-- Each row is written anew, so the two large indexes are made anew after that.
drop index harvest.search_documents_document_idx;
drop index if exists harvest.search_documents_title_idx;
alter table harvest.search_documents add column modified_at timestamptz;
update harvest.search_documents s
set modified_at = coalesce(d.modified_at, d.last_changed_at)
from harvest.datasets d
where d.id = s.dataset_id;
alter table harvest.search_documents alter column modified_at set not null;
comment on column harvest.search_documents.modified_at is 'Of the dataset by its publisher, or else when it was last seen to change.';
-- "Which datasets speak of this?"
create index search_documents_document_idx on harvest.search_documents using gin (document);
-- "Which titles are spelled almost so?"
do $$
declare
  home text := (
    select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
  if home is not null then
    execute format(
      'create index search_documents_title_idx on harvest.search_documents using gin (title %I.gin_trgm_ops)', home);
  end if;
end;
$$;
