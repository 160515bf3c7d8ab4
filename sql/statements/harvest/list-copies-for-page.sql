-- Lists the datasets of other sources that are the same one.
-- In:  dataset text (its id)
-- Out: one row per copy: id, title, source, kind, rule, value (what says so), is_retired
select o.id, o.title, s.name as source, s.kind, c.rule, c.value, o.retired_at is not null as is_retired
from (
  select c.copy_id as id, c.rule, c.value from harvest.copies c where c.dataset_id::text = :?dataset
  union
  select c.dataset_id, c.rule, c.value from harvest.copies c where c.copy_id::text = :?dataset
) c
join harvest.datasets o on o.id = c.id
join harvest.sources s on s.id = o.source_id
order by s.name, o.title
limit 50
