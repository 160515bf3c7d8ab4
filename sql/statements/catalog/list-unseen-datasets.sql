-- Lists the held datasets that are not among the ids a dry run saw.
-- In:  scope text (the region); ids jsonb [text]
-- Out: one row per dataset: id, domain, name, held (how many are held in all)
with seen as (
  select jsonb_array_elements_text(:?ids::jsonb) as id
),
held as (
  select id, domain, name, count(*) over () as held
  from catalog.socrata_datasets
  where region = :?scope and retired_at is null
)
select held.id, held.domain, held.name, held.held
from held
where not exists (select from seen where seen.id = held.id)
order by held.id
