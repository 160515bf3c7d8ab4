-- Takes a stored file in: a pending dataset and its job for each publication in it, unless it is known - and nothing at all if
-- one is known as another source, region, year or gender than it is said to be now.
-- In:  publications jsonb [{format, source, region, entry, year, gender}]; filename, file_path text; file_size bigint;
--      sha256, uploaded_by text; force boolean (read a known one again, as what it is said to be now, and let it count
--      whatever speaks against it); gender_said boolean (by whoever brought it)
-- Out: one row per publication: dataset_id, job_id (null if there is none), source, entry, status (of the dataset),
--      is_new, is_queued (a job was made now), known_as (what it was taken in as, if that is something else: it is refused),
--      said (what it is said to be now)
with given as (
  select p.*, s.id as source_id, s.country_id, c.code as country,
    concat_ws(' ', p.source, p.region, p.year, p.gender) as said
  from jsonb_to_recordset(:?publications::jsonb) as p (
    format text, source text, region text, entry text, year integer, gender text)
  join names.sources s on s.code = p.source
  join names.countries c on c.id = s.country_id
),
held as (
  select d.id, d.entry, d.status, d.filename,
    concat_ws(' ', s.code, d.region, d.year, d.gender) as said,
    exists (select from names.jobs j where j.dataset_id = d.id and j.status in ('queued', 'running')) as is_open,
    d.status = 'completed' or exists (select from names.slices l where l.dataset_id = d.id and l.is_living) as counts
  from names.datasets d
  join names.sources s on s.id = d.source_id
  where d.sha256 = :?sha256 and d.deleted_at is null
),
known as (
  select h.id, h.entry, h.status, h.said <> g.said as is_other,
    -- One that was never read to its end counts for nothing, so it may be called otherwise; one that counts, by force alone.
    case
      when h.said <> g.said and (h.is_open or (h.counts and not :?force::boolean))
        then format('%s (%s)', h.said, h.filename)
    end as known_as
  from held h
  join given g on g.entry is not distinct from h.entry
),
refused as (
  select from known where known_as is not null
),
renamed as (
  update names.datasets d
  set country_id = g.country_id, source_id = g.source_id, region = g.region, year = g.year, gender = g.gender,
      format = g.format, filename = left(:?filename, 255), uploaded_at = clock_timestamp(), uploaded_by = :?uploaded_by
  from known k
  join given g on g.entry is not distinct from k.entry
  where d.id = k.id and k.is_other and not exists (select from refused)
),
made as (
  insert into names.datasets (
    country_id, source_id, region, filename, entry, file_path, file_size, sha256, format, year, gender, uploaded_by)
  select
    g.country_id, g.source_id, g.region, left(:?filename, 255), g.entry, :?file_path, :?file_size::bigint, :?sha256, g.format,
    g.year, g.gender, :?uploaded_by
  from given g
  where not exists (select from known k where k.entry is not distinct from g.entry) and not exists (select from refused)
  on conflict do nothing
  returning id, entry
),
taken as (
  select m.id, m.entry, 'pending' as status, true as is_new, null as known_as from made m
  union all
  select k.id, k.entry, k.status, false, k.known_as from known k
),
-- What did not come to its end is read again, unless a job is at it.
queued as (
  insert into names.jobs (dataset_id, type, payload)
  select
    t.id, case when t.status in ('completed', 'reprocessing') then 'reprocess_dataset' else 'parse_dataset' end,
    jsonb_strip_nulls(jsonb_build_object('dataset_id', t.id, 'country_code', g.country, 'parser_type', g.format,
      'is_forced', nullif(:?force::boolean, false), 'is_gender_said', nullif(:?gender_said::boolean, false),
      'reason', case when t.is_new then null when t.status = 'completed' then 'forced' else 'dropped_again' end))
  from taken t
  join given g on g.entry is not distinct from t.entry
  where (t.is_new or t.status <> 'completed' or :?force::boolean) and not exists (select from refused)
  -- A job that waits is forced as well.
  on conflict (dataset_id) where status in ('queued', 'running')
  do update set payload = jobs.payload || '{"is_forced": true}'
  where :?force::boolean and jobs.status = 'queued'
  returning id, dataset_id
)
select
  t.id as dataset_id,
  coalesce(q.id, (select j.id from names.jobs j where j.dataset_id = t.id order by j.created_at desc limit 1)) as job_id,
  g.source, t.entry, t.status, t.is_new, q.id is not null as is_queued, t.known_as, g.said
from taken t
join given g on g.entry is not distinct from t.entry
left join queued q on q.dataset_id = t.id
order by t.entry
