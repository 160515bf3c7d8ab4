-- Lists how many datasets there were at the end of each of the last 30 days, from what there is now and what changed.
-- In:  source text (null: all)
-- Out: one row per day (UTC), the first first: day, datasets, came, went
with held as (
  select count(*) as datasets
  from harvest.datasets d
  where d.retired_at is null
    and (:?source::text is null
      or d.source_id = (select s.id from harvest.sources s where s.name = :?source and s.removed_at is null))
),
day as (
  select d::date as day from generate_series((now() at time zone 'UTC')::date - 29, (now() at time zone 'UTC')::date, interval '1 day') d
),
moved as (
  select
    (c.changed_at at time zone 'UTC')::date as day, count(*) filter (where c.change in ('added', 'restored')) as came,
    count(*) filter (where c.change = 'retired') as went
  from harvest.changes c
  where c.changed_at >= now() - interval '31 days' and c.change in ('added', 'restored', 'retired')
    and (:?source::text is null
      or c.source_id = (select s.id from harvest.sources s where s.name = :?source and s.removed_at is null))
  group by 1
)
select
  to_char(day.day, 'YYYY-MM-DD') as day,
  greatest(0, held.datasets - coalesce(sum(coalesce(moved.came, 0) - coalesce(moved.went, 0)) over (
    order by day.day desc rows between unbounded preceding and 1 preceding), 0))::bigint as datasets,
  coalesce(moved.came, 0) as came, coalesce(moved.went, 0) as went
from day
cross join held
left join moved on moved.day = day.day
order by day.day
