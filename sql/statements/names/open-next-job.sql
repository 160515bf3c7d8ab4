-- Claims the next job that is due for a worker, with what it needs to know of its file.
-- In:  worker text
-- Out: one row: job_id, job_type, payload, attempt (from 1), worker, dataset_id, filename, entry, file_path, file_size, sha256,
--      source, region, format, year, gender, is_forced (it counts whatever speaks against it), is_gender_said (by whoever
--      brought it); none if no job is due
select
  l.job_id, l.job_type, l.job_payload::text as payload,
  j.attempts + 1 as attempt, -- the statement sees the row as it was before the claim
  :?worker as worker, d.id as dataset_id, d.filename, d.entry, d.file_path, d.file_size, d.sha256, s.code as source, d.region,
  l.job_payload ->> 'parser_type' as format, d.year, d.gender,
  coalesce((l.job_payload ->> 'is_forced')::boolean, false) as is_forced,
  coalesce((l.job_payload ->> 'is_gender_said')::boolean, false) as is_gender_said
from names.lock_next_job(:?worker) l
join names.jobs j on j.id = l.job_id
join names.datasets d on d.id = j.dataset_id
join names.sources s on s.id = d.source_id
