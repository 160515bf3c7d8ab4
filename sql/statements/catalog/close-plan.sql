-- Closes a plan whose crawl was complete, so that it can be applied, and describes it: how much of each, with samples.
-- In:  run bigint (its plan is meant)
-- Out: one row per change: change (added, changed, restored, retired), datasets, samples (JSON: five of [{key, title}]), plan,
--      hash (of the plan), base; a plan that would change nothing, or whose run is not running any more: no row
with plan as materialized (
  select p.id, p.base
  from ops.runs r join catalog.plans p on p.run_id = r.id
  where r.id = :?run::bigint and r.status = 'running'
  for key share of r
),
outcome as materialized (
  select o.change, o.key, o.title, o.content_hash, row_number() over (partition by o.change order by o.key) as place
  from plan cross join lateral catalog.outcomes_of_plan(plan.id) o
),
said as (
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', o.change, o.key, o.content_hash), E'\n' order by o.change, o.key collate "C"), ''), 'UTF8')), 'hex') as hash
  from outcome o
),
closed as (
  update catalog.plans p
  set hash = said.hash, is_complete = true
  from plan, said
  where p.id = plan.id
)
select
  o.change, count(*) as datasets,
  jsonb_agg(jsonb_build_object('key', o.key, 'title', o.title) order by o.key) filter (where o.place <= 5)::text as samples,
  plan.id as plan, said.hash, plan.base
from outcome o, said, plan
group by o.change, plan.id, said.hash, plan.base
order by o.change
