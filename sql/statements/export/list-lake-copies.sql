-- Lists the datasets of different sources that are the same one.
-- In:  nothing
-- Out: one row per pair and rule: dataset_id, copy_id, rule, value, found_at
select c.dataset_id, c.copy_id, c.rule, c.value, c.found_at
from harvest.copies c
order by c.dataset_id, c.copy_id, c.rule
