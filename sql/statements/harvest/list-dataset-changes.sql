-- Lists what happened to a dataset, the latest first.
-- In:  dataset uuid
-- Out: one row per change: changed_at, change (added, changed, retired, restored, renamed, mapped, undone), is_noise, fields,
--      key and title (of the state that ended), run
select v.valid_to as changed_at, v.cause as change, v.is_noise, array_to_string(v.changed_fields, ' ') as fields, v.key,
  v.state ->> 'title' as title, v.run_id as run
from harvest.datasets d
cross join lateral harvest.versions_of(d.source_id, null, d.id) v
where d.id = :?dataset::uuid
union all
select d.first_seen_at, 'added', false, '', d.key, null, c.run_id
from harvest.datasets d
left join harvest.changes c on c.dataset_id = d.id and c.change = 'added'
where d.id = :?dataset::uuid
order by changed_at desc
