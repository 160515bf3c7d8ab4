-- What speaks against a file: other names than its gender has, other figures than those it would replace. A person decides.

-- Names that are held tell girls from boys only where a publisher says both for the same year: which of the two came first is
-- of no matter then. Shares are compared, for publishers differ in size.
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
     -- Years of which both are held, in like numbers and not by this file.
     pairs as (
       select f.dataset_id, f.year, f.gender, f.births, sum(f.births) over (partition by f.gender) as total
       from names.slices f
       join names.sources o on o.id = f.source_id and o.country_id = $1
       join names.slices other
         on other.source_id = f.source_id and coalesce(other.region, '''') = coalesce(f.region, '''') and other.year = f.year
           and other.gender <> f.gender and other.is_living
       where f.is_living and f.dataset_id <> $2 and other.dataset_id <> $2
         and f.births < other.births * 3 and other.births < f.births * 3
     ),
     -- Found by the name, whatever the planner takes a table for that was never analysed: a country has millions of rows.
     held as (
       select t.gender, t.name_key, t.share, sum(h.count / p.births::numeric) filter (where h.gender = t.gender) as same,
         sum(h.count / p.births::numeric) as total,
         max(h.count::numeric / p.births) filter (where h.gender <> t.gender) as other_share
       from top t
       cross join lateral (
         select n.dataset_id, n.year, n.gender, n.count
         from names.names n
         where n.name in (t.name, t.name_key, initcap(t.name)) and n.deleted_at is null
         offset 0
       ) h
       join pairs p on p.dataset_id = h.dataset_id and p.year = h.year and p.gender = h.gender
       where p.total >= 1000
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

-- The numbers that decide are measured: docs/decisions/0037-what-resembles-what-it-replaces.md.
create function names.unlikeness(staging text, ds names.datasets) returns text language plpgsql as $$
declare
  alike numeric := 0.9; -- genuine editions are above 0.99, other publishers' files below 0.85
  half numeric := 0.5;
  enough integer := 10; -- of fewer names, one that is new says too much
  whole record;
  worst record;
begin
  -- Names that stay and sums that stay need no look at every name: so it is with nearly every edition.
  if not exists (
    select from slice s
    join names.slices h on h.dataset_id = s.replaces and h.year = s.year and h.gender = s.gender
    where s.wins and s.replaces <> ds.id
      and (s.removed > h.row_count * 0.02 or s.births not between h.births * 0.98 and h.births * 1.02)
  ) then
    return null;
  end if;
  execute format(
    'create temp table likeness on commit drop as
     with before as (
       select s.year, s.gender, n.name_key, sum(n.count) as count
       from slice s
       join names.names n on n.dataset_id = s.replaces and n.year = s.year and n.gender = s.gender and n.deleted_at is null
       where s.wins and s.replaces <> $1
       group by s.year, s.gender, n.name_key
     ),
     now as (
       select n.year, n.gender, n.name_key, sum(n.count) as count
       from %s n join slice s on s.year = n.year and s.gender = n.gender
       where s.wins and s.replaces <> $1
       group by n.year, n.gender, n.name_key
     )
     select year, gender, count(b.count) as held, count(*) filter (where b.count > 0 and n.count > 0) as shared,
       sum(b.count) as held_births, sum(least(b.count, n.count)) filter (where b.count > 0 and n.count > 0) as kept_births,
       sum(greatest(b.count, n.count)) filter (where b.count > 0 and n.count > 0) as either_births
     from before b full join now n using (year, gender, name_key)
     group by year, gender', staging) using ds.id;
  select sum(l.held) as held, sum(l.shared) as shared, sum(l.held_births) as births, sum(l.kept_births) as kept,
    sum(l.shared) / sum(l.held) as names, coalesce(sum(l.kept_births), 0) / sum(l.held_births) as sums,
    coalesce(sum(l.kept_births) / sum(l.either_births), 0) as counts
  into whole from likeness l;
  select l.*, least(l.shared::numeric / l.held, coalesce(l.kept_births / l.held_births, 0),
    coalesce(l.kept_births / l.either_births, 0)) as least
  into worst from likeness l where l.held >= enough order by least, l.year, l.gender limit 1;
  drop table likeness;
  if whole.held >= enough and least(whole.names, whole.sums, whole.counts) < alike or worst.least < half then
    return format(
      'It resembles too little what it would replace. Of %s names and years that are held it has %s (%s %%), with them %s of %s '
        'babies (%s %%), and where both have a name their counts agree to %s %%; the next edition of a publisher agrees to 99 %%.',
      whole.held, whole.shared, floor(whole.names * 100), coalesce(whole.kept, 0), whole.births, floor(whole.sums * 100),
      floor(whole.counts * 100))
      || coalesce(format(' It is least alike for %s %s: %s names are held, %s of them are in it.', worst.year, worst.gender,
        worst.held, worst.shared), '');
  end if;
  return null;
end;
$$;
comment on function names.unlikeness(text, names.datasets) is
  'Says so if a file shares too few names or totals with what it would replace; reads the temporary table slice.';

-- A file of many years that ends before the one it would replace was cut off, or is an older edition.
create function names.missing_years(ds names.datasets) returns text language plpgsql as $$
declare
  missed record;
begin
  if ds.year is not null or (select count(distinct s.year) from slice s) < 2 then
    return null; -- a file of one year takes the place of that year alone
  end if;
  select d.filename, count(*) as slices, min(h.year) as first, max(h.year) as last, sum(h.row_count) as rows, min(own.rows) as own
  into missed
  from (select distinct s.replaces as id from slice s where s.wins and s.replaces <> ds.id) taken
  join names.datasets d on d.id = taken.id and d.year is null
  join names.slices h on h.dataset_id = taken.id and h.is_living and h.source_id = ds.source_id
    and h.gender in (select s.gender from slice s)
  cross join (
    select sum(s.row_count) as rows, bool_or(s.replaces is null) as has_new from slice s
  ) own
  group by taken.id, d.filename, own.has_new
  having count(distinct h.year) > 1
    and count(*) filter (where not exists (select from slice s where s.year = h.year and s.gender = h.gender)) > 0
    and (not own.has_new or min(own.rows) < sum(h.row_count) * 0.9)
  order by 5 desc limit 1;
  if missed.filename is null then
    return null;
  end if;
  return format(
    'It brings %s figures, and %s, of which it would replace a part, has %s from %s to %s: years of those are missing in it. It '
      'was cut off, or is an older edition.', missed.own, missed.filename, missed.rows, missed.first, missed.last);
end;
$$;
comment on function names.missing_years(names.datasets) is
  'Says so if a file of many years lacks some of the file it would replace in part; reads the temporary table slice.';

create function names.way_out(job uuid) returns text language sql immutable as $$
  select ' If it is right all the same: catchment jobs retry ' || left(job::text, 8) || ' --force'
$$;
comment on function names.way_out(uuid) is 'What a person does who knows better than what speaks against a file.';

create or replace function names.merge_dataset(
  job uuid, worker text, attempt integer, run bigint, read_rows bigint, read_births bigint, large_from integer
) returns table (
  problem text, row_count integer, births bigint, summed integer, added bigint, changed bigint, removed bigint, superseded bigint
) language plpgsql set work_mem = '64MB' as $$
declare
  ds names.datasets;
  staging text;
  is_changed boolean;
  is_forced boolean;
  is_gender_said boolean;
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
  select coalesce((j.payload ->> 'is_forced')::boolean, false), coalesce((j.payload ->> 'is_gender_said')::boolean, false)
  into is_forced, is_gender_said
  from names.jobs j where j.id = job;

  execute format('select count(*)::integer, coalesce(sum(count), 0)::bigint from %s', staging) into row_count, births;
  if row_count <> read_rows or births <> read_births then
    problem := format('%s figures with a sum of %s were read, but %s with a sum of %s were staged.',
      read_rows, read_births, row_count, births);
    return next;
    return;
  end if;
  -- What whoever brought it says counts more than what speaks against it.
  if not is_forced then
    problem := coalesce(
      case when not is_gender_said then names.gender_contradiction(staging, ds.country_id, ds.id) end,
      names.copy_contradiction(staging, ds));
    if problem is not null then
      problem := problem || names.way_out(job);
      return next;
      return;
    end if;
  end if;
  summed := names.sum_same_names(staging, ds.id, run);
  row_count := row_count - summed;

  create temp table slice on commit drop as select * from names.compare_slices(staging, ds);
  if not is_forced then
    problem := coalesce(names.unlikeness(staging, ds), names.missing_years(ds));
    if problem is not null then
      problem := problem || names.way_out(job);
      drop table slice;
      return next;
      return;
    end if;
  end if;
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

do $$
declare
  ours regprocedure;
begin
  foreach ours in array array[
    'names.unlikeness(text, names.datasets)', 'names.missing_years(names.datasets)', 'names.way_out(uuid)']::regprocedure[]
  loop
    execute format('revoke execute on function %s from public', ours);
    if exists (select from pg_roles where rolname = 'api_worker') then
      execute format('grant execute on function %s to api_worker', ours);
    end if;
  end loop;
end;
$$;
