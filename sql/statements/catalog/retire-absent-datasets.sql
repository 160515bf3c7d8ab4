-- Retires datasets that a complete crawl did not see and that the API, asked for them by id, did not return.
-- In:  run bigint; region text; ids jsonb [text]; now timestamptz (null: the clock)
-- Out: one row: retired
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
retired as (
  update catalog.socrata_datasets d
  set retired_at = clock.now, retired_run_id = :?run::bigint,
      retired_reason = 'absent from a complete crawl and from a look-up by id'
  from clock
  where d.region = :?region and d.retired_at is null
    and d.id in (select jsonb_array_elements_text(:?ids::jsonb))
  returning d.id
)
update ops.runs r
set retired = r.retired + (select count(*) from retired), heartbeat_at = greatest(clock.now, r.heartbeat_at)
from clock
where r.id = :?run::bigint
returning (select count(*) from retired) as retired
