-- Takes a stored file in: a pending dataset and its job for each publication in it, unless it is known.
-- In:  publications jsonb [{format, source, region, entry, year, gender}]; filename, file_path text; file_size bigint;
--      sha256, uploaded_by text; force boolean (read a known one again)
-- Out: one row per publication: dataset_id, job_id (null if there never was one), source, entry, status (of the dataset),
--      is_new, is_queued (a job was made now), filename, held_source, held_year, held_gender (as it was taken in first)
with given as (
  select p.*, s.id as source_id, s.country_id, c.code as country
  from jsonb_to_recordset(:?publications::jsonb) as p (
    format text, source text, region text, entry text, year integer, gender text)
  join names.sources s on s.code = p.source
  join names.countries c on c.id = s.country_id
),
known as (
  select d.id, d.entry, d.status, d.filename, s.code as source, d.year, d.gender
  from names.datasets d
  join names.sources s on s.id = d.source_id
  where d.sha256 = :?sha256 and d.deleted_at is null
),
made as (
  insert into names.datasets (
    country_id, source_id, region, filename, entry, file_path, file_size, sha256, format, year, gender, uploaded_by)
  select
    g.country_id, g.source_id, g.region, left(:?filename, 255), g.entry, :?file_path, :?file_size::bigint, :?sha256, g.format,
    g.year, g.gender, :?uploaded_by
  from given g
  where not exists (select from known k where k.entry is not distinct from g.entry)
  on conflict do nothing
  returning id, entry, year, gender
),
taken as (
  select m.id, m.entry, 'pending' as status, true as is_new, :?filename as filename, null as source, m.year, m.gender from made m
  union all
  select k.id, k.entry, k.status, false, k.filename, k.source, k.year, k.gender from known k
),
queued as (
  insert into names.jobs (dataset_id, type, payload)
  select
    t.id, case when t.is_new or t.status in ('pending', 'failed') then 'parse_dataset' else 'reprocess_dataset' end,
    jsonb_strip_nulls(jsonb_build_object('dataset_id', t.id, 'country_code', g.country, 'parser_type', g.format,
      'reason', case when t.is_new then null when t.status = 'failed' then 'dropped_again' else 'forced' end))
  from taken t
  join given g on g.entry is not distinct from t.entry
  where t.is_new
    or (coalesce(t.source, g.source) = g.source and t.year is not distinct from g.year and t.gender is not distinct from g.gender
      and (t.status = 'failed' or (:?force::boolean and t.status = 'completed')))
  on conflict do nothing
  returning id, dataset_id
)
select
  t.id as dataset_id,
  coalesce(q.id, (select j.id from names.jobs j where j.dataset_id = t.id order by j.created_at desc limit 1)) as job_id,
  g.source, t.entry, t.status, t.is_new, q.id is not null as is_queued, t.filename, coalesce(t.source, g.source) as held_source,
  t.year as held_year, t.gender as held_gender
from taken t
join given g on g.entry is not distinct from t.entry
left join queued q on q.dataset_id = t.id
order by t.entry
