-- Lists what a plan would retire, to be asked for once more.
-- In:  plan uuid; rules text (in the form {normal-key,platform-id}: of the kind, in their order); after integer (complete walks
--      without a record until it is retired)
-- Out: one row per candidate: key, title, landing_page (null too if other datasets of the source have it: that it is there says nothing
--      of one of them), held (datasets that would not be retired before), seen_key (of a record that the walk saw)
with held as (
  select count(*) as datasets
  from harvest.plans p
  join harvest.datasets d on d.source_id = p.source_id
  left join harvest.planned_records r on r.plan_id = p.id and r.key = d.key
  where p.id = :?plan::uuid and (d.retired_at is null or r.key is not null)
)
select o.key, o.title, held.datasets as held,
  case when not exists (
    select from harvest.datasets other
    where other.source_id = d.source_id and other.landing_page = d.landing_page and other.id <> d.id and other.retired_at is null
  ) then d.landing_page end as landing_page,
  (select min(r.key) from harvest.planned_records r where r.plan_id = p.id) as seen_key
from held, harvest.plans p, harvest.outcomes_of_plan(p.id, :?rules::text[], :?after::integer) o, harvest.datasets d
where p.id = :?plan::uuid and o.change = 'retired' and d.source_id = p.source_id and d.key = o.key
order by o.key
