-- Takes a plan to be applied by a run, unless it was applied before or what the region holds moved since it was planned.
-- In:  run bigint; scope text (the region); plan uuid
-- Out: one row: is_refused, ids (JSON [text]: what it retires); none if the run is not running any more
with run as (
  select id from ops.runs where id = :?run::bigint and status = 'running' for key share
),
plan as materialized (
  select p.* from run, catalog.plans p where p.id = :?plan::uuid and p.region = :?scope and p.is_complete for update of p
),
verdict as materialized (
  select
    case
      -- Of a resumed run the first one began, and nobody wrote in between.
      when p.applied_run_id is not null then
        p.applied_run_id not in (select c.id from ops.chain_of(:?run::bigint) c)
        or exists (
          select from ops.runs first
          join ops.runs r on r.room = first.room and r.flow = first.flow and r.scope = first.scope and r.id > first.id
          where first.id = p.applied_run_id and r.mode <> 'plan'
            and r.id not in (select c.id from ops.chain_of(:?run::bigint) c))
      else
        p.base <> catalog.base_of(p.region)
        -- What was seen again since is not gone.
        or exists (
          select from catalog.dataset_sightings s
          where s.region = p.region and s.id = any (p.retired) and s.run_id > p.run_id)
    end as is_refused,
    p.id, p.retired
  from plan p
),
taken as (
  update catalog.plans p
  set applied_run_id = run.id
  from run, verdict v
  where p.id = v.id and not v.is_refused and p.applied_run_id is null
)
select coalesce(v.is_refused, true) as is_refused, coalesce(to_jsonb(v.retired), '[]')::text as ids
from run left join verdict v on true
