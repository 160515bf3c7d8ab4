-- Undoes a run: brings back what it changed in its source, as another run, unless later runs changed that again.
-- In:  run bigint (the one that undoes); source bigint; undone bigint (the run to be undone); now timestamptz (null: the clock)
-- Out: one row: changed, retired (what it had added), renamed (back), standing (the later runs that stand on it, with blanks
--      between; null if none: else nothing is written); is_forgotten (nothing is known any more of what it changed,
--      as it was before; nothing is written then, either); none if the run is not running any more
with run as (
  select id, greatest(coalesce(:?now::timestamptz, now()), heartbeat_at) as now
  from ops.runs
  where id = :?run::bigint and status = 'running'
  for update
),
standing as materialized (
  select string_agg(r.run_id::text, ' ' order by r.run_id) as runs from harvest.runs_upon(:?undone::bigint) r
),
-- Past states are deleted by age and by number.
past as materialized (
  select
    exists (select from ops.runs u where u.id = :?undone::bigint and u.updated + u.retired + u.restored > 0)
    and not exists (select from harvest.versions v where v.run_id = :?undone::bigint) as is_forgotten
),
-- Materialised: the function is not called but for its rows.
free as materialized (
  select run.id, run.now from run, standing, past where standing.runs is null and not past.is_forgotten
),
done as materialized (
  select u.changed, u.retired, u.renamed
  from free cross join lateral harvest.undo_run(free.id, :?source::bigint, :?undone::bigint, free.now) u
),
counted as (
  select ops.count_run(
    run.id, jsonb_build_object('updated', done.changed + done.renamed, 'retired', done.retired), run.now)
  from run, done
)
select
  coalesce(done.changed, 0) as changed, coalesce(done.retired, 0) as retired, coalesce(done.renamed, 0) as renamed,
  standing.runs as standing, past.is_forgotten
from run
cross join standing
cross join past
left join done on true
-- Read, or it would not be called.
cross join (select count(*) as runs from counted) counts
where counts.runs >= 0
