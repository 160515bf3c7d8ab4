-- Describes what a plan would do, by the rules of the kind of its source.
-- In:  plan text (its id); source text (name of its source)
-- Out: one row per change: change (added, changed, renamed, restored, retired), datasets, samples (JSON: [{key, new_key, title}])
with meant as (
  select p.id, array(select jsonb_array_elements_text(k.declaration -> 'identity')) as rules,
    (k.declaration #>> '{retire,after}')::integer as after
  from harvest.plans p
  join harvest.sources s on s.id = p.source_id and s.name = :?source
  join harvest.kinds k on k.name = s.kind
  where p.id::text = :?plan and p.walk is not null and p.applied_run_id is null
),
outcome as materialized (
  select o.*, row_number() over (partition by o.change order by o.key) as place
  from meant cross join lateral harvest.outcomes_of_plan(meant.id, meant.rules, meant.after) o
)
select
  o.change, count(*) as datasets,
  (jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', o.key, 'new_key', o.new_key, 'title', o.title)) order by o.key)
    filter (where o.place <= 8))::text as samples
from outcome o
group by o.change
order by o.change
