-- Lists the last changes of pages that are watched, the latest first.
-- In:  country text (null: any)
-- Out: one row per change, at most 50: source_id, name, country, visa_type, old_version, new_version, detected_at, added, removed (lines)
select
  source_id, name, country, visa_type, old_sequence as old_version, new_sequence as new_version, detected_at, added, removed
from policy.changes
where not is_technical and (:?country::text is null or country = upper(:?country))
order by detected_at desc, name
limit 50
