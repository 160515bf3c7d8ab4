-- Lists what happened to a dataset, the latest first.
-- In:  dataset text (its id)
-- Out: one row per change, at most 100: changed_at, at (the same, to the microsecond), change, is_noise, fields, run
select c.changed_at, to_char(c.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as at, c.change, c.is_noise, c.fields, c.run
from (
  select v.valid_to as changed_at, v.cause as change, v.is_noise, array_to_string(v.changed_fields, ' ') as fields, v.run_id as run
  from harvest.datasets d
  cross join lateral harvest.versions_of(d.source_id, null, d.id) v
  where d.id::text = :?dataset
  union all
  select d.first_seen_at, 'added', false, '', c.run_id
  from harvest.datasets d
  left join harvest.changes c on c.dataset_id = d.id and c.change = 'added'
  where d.id::text = :?dataset
) c
order by c.changed_at desc
limit 100
