-- Describes what a plan would do: how much of each, with samples, and a hash that says it all.
-- In:  plan uuid; rules text (in the form {normal-key,platform-id}: of the kind, in their order); after integer (complete walks
--      without a record until it is retired); samples integer (of each change)
-- Out: one row per change: change (added, changed, renamed, restored, retired), datasets, samples (JSON: [{key, new_key,
--      title}]), plan, hash (of the plan), base; a plan that would change nothing: no row
with outcome as materialized (
  select o.change, o.key, o.new_key, o.title, o.content_hash, row_number() over (partition by o.change order by o.key) as place
  from harvest.outcomes_of_plan(:?plan::uuid, :?rules::text[], :?after::integer) o
),
said as (
  select encode(sha256(convert_to(string_agg(
    concat_ws(' ', o.change, o.key, o.new_key, o.content_hash), E'\n' order by o.change, o.key collate "C"), 'UTF8')), 'hex') as hash
  from outcome o
),
kept as (
  update harvest.plans p set hash = said.hash
  from said
  where p.id = :?plan::uuid and p.hash <> said.hash and p.applied_run_id is null
)
select
  o.change, count(*) as datasets,
  jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', o.key, 'new_key', o.new_key, 'title', o.title)) order by o.key)
    filter (where o.place <= :?samples::integer)::text as samples,
  p.id as plan, said.hash, p.base
from outcome o, said, harvest.plans p
where p.id = :?plan::uuid
group by o.change, p.id, said.hash, p.base
order by o.change
