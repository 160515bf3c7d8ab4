-- Lists what a plan would retire, to be asked for once more.
-- In:  plan uuid; rules text (in the form {normal-key,platform-id}: of the kind, in their order); after integer (complete walks
--      without a record until it is retired)
-- Out: one row per candidate: key, title, landing_page, held (datasets that would not be retired before)
with held as (
  select count(*) as datasets
  from harvest.plans p
  join harvest.datasets d on d.source_id = p.source_id
  left join harvest.planned_records r on r.plan_id = p.id and r.key = d.key
  where p.id = :?plan::uuid and (d.retired_at is null or r.key is not null)
)
select o.key, o.title, d.landing_page, held.datasets as held
from held, harvest.plans p, harvest.outcomes_of_plan(p.id, :?rules::text[], :?after::integer) o, harvest.datasets d
where p.id = :?plan::uuid and o.change = 'retired' and d.source_id = p.source_id and d.key = o.key
order by o.key
