-- Opens an incident for each trouble that is none yet, and closes those whose trouble is over.
-- In:  overdue bigint (milliseconds); expected jsonb ([{room, flow, scope, due_at}]); now timestamptz (null: the clock)
-- Out: one row: opened, closed
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
trouble as materialized (
  select distinct on (t.room, t.flow, t.scope, t.cause) t.*
  from clock
  cross join lateral ops.troubles(clock.now, :?overdue::bigint * interval '1 millisecond', :?expected::jsonb) t
  order by t.room, t.flow, t.scope, t.cause, t.run_id desc nulls last
),
opened as (
  insert into ops.incidents as i (room, flow, scope, cause, run_id, since, detail, opened_at)
  select t.room, t.flow, t.scope, t.cause, t.run_id, t.since, t.detail, clock.now
  from trouble t
  cross join clock
  -- What a person dismissed is told again with a later run, or a later moment, alone.
  where not exists (
    select from ops.incidents d
    where d.is_dismissed and d.room = t.room and d.flow = t.flow and d.scope = t.scope and d.cause = t.cause
      and case when t.run_id is null then d.since >= t.since else d.run_id >= t.run_id end)
  on conflict (room, flow, scope, cause) where closed_at is null
  do update set run_id = excluded.run_id, detail = excluded.detail
  where (i.run_id, i.detail) is distinct from (excluded.run_id, excluded.detail)
  returning i.id, i.opened_at
),
closed as (
  update ops.incidents i
  set closed_at = greatest(clock.now, i.opened_at)
  from clock
  where i.closed_at is null
    and not exists (
      select from trouble t where t.room = i.room and t.flow = i.flow and t.scope = i.scope and t.cause = i.cause)
  returning i.id
)
select
  (select count(*) from opened where opened.opened_at = clock.now) as opened,
  (select count(*) from closed) as closed
from clock
