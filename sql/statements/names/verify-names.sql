-- Compares the figures that are held with what each file was counted to say when it was read.
-- In:  nothing
-- Out: one row per difference: difference, source, key, detail
with held as (
  select dataset_id, year, gender, count(*) as row_count, sum(count) as births
  from names.names
  where deleted_at is null
  group by dataset_id, year, gender
),
slice as (
  select l.*, s.code as source from names.slices l join names.sources s on s.id = l.source_id where l.is_living
),
slice_difference as (
  select
    case
      when slice.dataset_id is null then 'figures that no file accounts for'
      when held.dataset_id is null then 'figures are missing'
      else 'figures differ from the file'
    end as difference,
    coalesce(slice.source, 'unknown') as source,
    coalesce(slice.dataset_id, held.dataset_id) || ' ' || coalesce(slice.year, held.year) || ' ' || coalesce(slice.gender, held.gender) as key,
    format('%s figures with a sum of %s were read, %s with a sum of %s are held',
      coalesce(slice.row_count, 0), coalesce(slice.births, 0), coalesce(held.row_count, 0), coalesce(held.births, 0)) as detail
  from slice
  full join held
    on held.dataset_id = slice.dataset_id and held.year = slice.year and held.gender = slice.gender
  where slice.row_count is distinct from held.row_count or slice.births is distinct from held.births
),
total as (
  select d.id, s.code as source, d.row_count, d.births, sum(l.row_count) as slice_rows, sum(l.births) as slice_births
  from names.datasets d
  join names.sources s on s.id = d.source_id
  left join names.slices l on l.dataset_id = d.id
  where d.status = 'completed' and d.deleted_at is null
  group by d.id, s.code
),
statistic as (
  select country_id, year, gender, sum(total_count) as births from names.name_statistics group by country_id, year, gender
),
counted as (
  select country_id, year, gender, coalesce(national, regional) as births
  from (
    select s.country_id, l.year, l.gender, sum(l.births) filter (where s.is_national) as national,
      sum(l.births) filter (where not s.is_national) as regional
    from names.slices l
    join names.sources s on s.id = l.source_id
    where l.is_living and s.counts_towards_total
    group by s.country_id, l.year, l.gender
  ) parts
)
select * from slice_difference
union all
select
  'a file and its years differ', source, id::text,
  format('%s figures with a sum of %s against %s with a sum of %s', row_count, births, slice_rows, slice_births)
from total
where row_count is distinct from slice_rows or births is distinct from slice_births
union all
select
  'the statistics differ from the figures', c.code, coalesce(n.year, st.year) || ' ' || coalesce(n.gender, st.gender),
  format('%s babies are counted, the statistics say %s', coalesce(n.births, 0), coalesce(st.births, 0))
from counted n
full join statistic st on st.country_id = n.country_id and st.year = n.year and st.gender = n.gender
join names.countries c on c.id = coalesce(n.country_id, st.country_id)
where st.births is distinct from n.births and not exists (select from names.stale_views)
union all
select 'the statistics wait for a refresh', 'all', min(since)::text, count(*) || ' loads since' from names.stale_views having count(*) > 0
