-- Files are judged as before: by names of either gender that are held.

create or replace function names.merge_dataset(
  job uuid, worker text, attempt integer, run bigint, read_rows bigint, read_births bigint, large_from integer
) returns table (
  problem text, row_count integer, births bigint, summed integer, added bigint, changed bigint, removed bigint, superseded bigint
) language plpgsql set work_mem = '64MB' as $$
declare
  ds names.datasets;
  staging text;
  is_changed boolean;
begin
  select d.* into ds
  from names.jobs j join names.datasets d on d.id = j.dataset_id
  where j.id = job and j.status = 'running' and j.locked_by = worker and j.attempts = attempt
  for update of j;
  if ds.id is null then
    return; -- it was silent for too long, and another worker has the job
  end if;
  -- Two releases of one source are weighed against each other one after the other.
  perform pg_advisory_xact_lock(hashtextextended('names/' || ds.source_id, 0));
  -- To swap a table in, a moment without readers is needed: not while the statistics are read together, which takes long,
  -- and not by two at once, each of whom would wait for the other one.
  -- A small file may have a large one written anew that it replaces.
  if read_rows >= large_from or exists (
    select from names.slices h
    where h.source_id = ds.source_id and h.is_living and to_regclass(names.release_of(h.dataset_id)) is not null
  ) then
    perform pg_advisory_xact_lock(hashtextextended('names/statistics', 0));
  end if;
  staging := names.staging_of(ds.id);

  execute format('select count(*)::integer, coalesce(sum(count), 0)::bigint from %s', staging) into row_count, births;
  if row_count <> read_rows or births <> read_births then
    problem := format('%s figures with a sum of %s were read, but %s with a sum of %s were staged.',
      read_rows, read_births, row_count, births);
    return next;
    return;
  end if;
  problem := coalesce(names.gender_contradiction(staging, ds.country_id, ds.id), names.copy_contradiction(staging, ds));
  if problem is not null then
    return next;
    return;
  end if;
  summed := names.sum_same_names(staging, ds.id, run);
  row_count := row_count - summed;

  create temp table slice on commit drop as select * from names.compare_slices(staging, ds);
  select sum(s.added), sum(s.changed), sum(s.removed), coalesce(sum(s.row_count) filter (where not s.wins), 0)
  into added, changed, removed, superseded from slice s;
  -- Years that an earlier reading of this very file found and this one does not.
  is_changed := added + changed + removed > 0
    or exists (select from slice s where s.wins and s.replaces is distinct from ds.id)
    or exists (
      select from names.slices o
      where o.dataset_id = ds.id and not exists (select from slice s where s.year = o.year and s.gender = o.gender));
  if is_changed or superseded > 0 then
    perform names.take_slices(staging, ds, row_count >= large_from);
  end if;
  if is_changed then
    insert into names.stale_views values (clock_timestamp());
  end if;
  perform names.drop_staging(ds.id);
  drop table slice;

  update names.datasets d
  set status = 'completed', row_count = merge_dataset.row_count, births = merge_dataset.births, processed_at = clock_timestamp(),
      error_message = null
  where d.id = ds.id;
  update names.jobs j set status = 'completed', completed_at = clock_timestamp(), last_error = null, next_retry_at = null
  where j.id = job;
  return next;
end;
$$;

-- A file that calls boys girls is found out by its most given names, for those are held with the other gender, and not as a
-- rarity: where only boys are held yet, there is a Margaret among them. Shares are compared, for publishers differ in size.
create or replace function names.gender_contradiction(staging text, country uuid, dataset uuid) returns text language plpgsql as $$
declare
  verdict record;
begin
  execute format(
    'with slice as (
       select year, gender, sum(count) as births from %1$s group by year, gender
     ),
     -- Of the largest figures, not of sums: two million rows need not be grouped by name to know the most given ones.
     top as (
       select g.gender, largest.name, largest.name_key, max(largest.count / slice.births) as share
       from (values (''F''), (''M'')) as g (gender)
       cross join lateral (
         select year, name, name_key, count::numeric from %1$s s where s.gender = g.gender order by s.count desc limit 200
       ) largest
       join slice on slice.year = largest.year and slice.gender = g.gender
       group by g.gender, largest.name, largest.name_key
     ),
     -- Found by the name, whatever the planner takes a table for that was never analysed: a country has millions of rows.
     held as (
       select t.gender, t.name_key, t.share, sum(h.count) filter (where h.gender = t.gender) as same, sum(h.count) as total,
         max(h.count::numeric / l.births) filter (where h.gender <> t.gender) as other_share
       from top t
       cross join lateral (
         select n.country_id, n.dataset_id, n.year, n.gender, n.count
         from names.names n
         where n.name in (t.name, t.name_key, initcap(t.name)) and n.deleted_at is null
         offset 0
       ) h
       join names.slices l on l.dataset_id = h.dataset_id and l.year = h.year and l.gender = h.gender
       where h.country_id = $1 and h.dataset_id <> $2
       group by t.gender, t.name_key, t.share
     )
     select gender, count(*) filter (where coalesce(same, 0) < total * 0.1 and other_share > share * 0.1) as against,
       count(*) filter (where same > total * 0.9) as in_favour
     from held group by gender order by 2 desc limit 1', staging) into verdict using country, dataset;
  if verdict.against >= 5 and verdict.against > verdict.in_favour then
    return format('It says %s, but of its most given names %s are held as %s and %s as %s.', verdict.gender, verdict.against,
      case verdict.gender when 'F' then 'M' else 'F' end, verdict.in_favour, verdict.gender);
  end if;
  return null;
end;
$$;

drop function names.way_out(uuid);
drop function names.missing_years(names.datasets);
drop function names.unlikeness(text, names.datasets);
