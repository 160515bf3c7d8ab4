-- Lists what the datasets of a source have otherwise at the later of two moments.
-- In:  source text; earlier timestamptz; later timestamptz (null: now); is_all boolean (also where nothing but noise changed)
-- Out: one row per dataset: change (added, changed, retired, restored, renamed), id, key, old_key, title, fields, is_noise,
--      changed_at
select d.change, d.dataset_id as id, d.key, d.old_key, d.title, array_to_string(d.fields, ' ') as fields, d.is_noise, d.changed_at
from harvest.sources s
cross join lateral harvest.diff(s.id, :?earlier::timestamptz, coalesce(:?later::timestamptz, now())) d
where s.name = :?source and s.removed_at is null and (:?is_all::boolean or not d.is_noise)
order by array_position('{added,restored,renamed,changed,retired}', d.change), d.key
