-- The one transaction that makes the figures of a file count, and the way back to an earlier release.

-- Which slices of a file count, what they replace, and how they differ from that.
create function names.compare_slices(staging text, ds names.datasets)
returns table (
  year integer, gender char(1), row_count integer, births bigint, ranks_at timestamptz, wins boolean, replaces uuid,
  added integer, changed integer, removed integer
) language plpgsql as $$
begin
  return query execute format(
    'with slice as (
       select year, gender, count(*)::integer as row_count, sum(count)::bigint as births from %1$s group by year, gender
     ),
     held as (
       select s.* from names.slices s
       where s.source_id = ($1).source_id and coalesce(s.region, '''') = coalesce(($1).region, '''') and s.is_living
     ),
     -- What came last counts, in whatever order the workers finish.
     placed as (
       select f.year, f.gender, f.row_count, f.births, coalesce(own.ranks_at, ($1).uploaded_at) as ranks_at,
         h.dataset_id as replaces, coalesce(h.ranks_at <= coalesce(own.ranks_at, ($1).uploaded_at), true) as wins
       from slice f
       left join held h on h.year = f.year and h.gender = f.gender
       left join names.slices own on own.dataset_id = ($1).id and own.year = f.year and own.gender = f.gender
     ),
     before as (
       select p.year, p.gender, n.name, n.count
       from placed p
       join names.names n
         on n.dataset_id = p.replaces and n.year = p.year and n.gender = p.gender and n.deleted_at is null
       where p.wins
     ),
     now as (
       select s.year, s.gender, s.name, s.count from %1$s s join placed p on p.year = s.year and p.gender = s.gender
       where p.wins and p.replaces is not null
     ),
     difference as (
       select year, gender,
         (count(*) filter (where b.count is null))::integer as added,
         (count(*) filter (where b.count <> n.count))::integer as changed,
         (count(*) filter (where n.count is null))::integer as removed
       from now n full join before b using (year, gender, name)
       group by year, gender
     )
     select p.year, p.gender, p.row_count, p.births, p.ranks_at, p.wins, p.replaces,
       case when p.replaces is null then p.row_count else coalesce(d.added, 0) end, coalesce(d.changed, 0), coalesce(d.removed, 0)
     from placed p left join difference d on d.year = p.year and d.gender = p.gender', staging) using ds;
end;
$$;

create function names.release_of(dataset uuid) returns text language sql immutable as $$
  select 'names.names_' || replace(dataset::text, '-', '')
$$;
comment on function names.release_of(uuid) is 'The partition of a dataset that has one of its own.';

-- A large release is not inserted into the indexes that all share: its own are made once it is whole, then it is swapped in.
create function names.swap_in(aside text, dataset uuid) returns void language plpgsql as $$
declare
  home regclass := names.home_of(dataset);
  release text := names.release_of(dataset);
begin
  perform names.index_aside(aside, dataset, false);
  -- With this the server need not read the table again to know that it holds nothing else.
  execute format('alter table %s add constraint of_dataset check (dataset_id = %L)', aside, dataset);
  execute format('analyze %s', aside);
  -- From here on readers wait, for a moment.
  if to_regclass(release) is not null then
    execute format('alter table %s detach partition %s', home, release);
    execute format('drop table %s', release);
  end if;
  execute format('alter table %s rename to %I', aside, split_part(release, '.', 2));
  execute format('alter table %s attach partition %s for values in (%L)', home, release, dataset);
  execute format('alter table %s drop constraint of_dataset', release);
end;
$$;
comment on function names.swap_in(text, uuid) is 'Makes a table that was built aside the partition of a dataset, in place of one it had.';

-- The rows of a release in their order, when they ceased to count given anew.
create function names.copy_release(release text, aside text, moment text) returns void language plpgsql as $$
begin
  execute format(
    'insert into %s (id, dataset_id, country_id, year, name, name_key, gender, count, created_at, deleted_at)
     select n.id, n.dataset_id, n.country_id, n.year, n.name, n.name_key, n.gender, n.count, n.created_at, %s from %s n',
    aside, moment, release);
end;
$$;
comment on function names.copy_release(text, text, text) is 'Copies the rows of a release aside; the moment is SQL over the row n.';

-- An update takes a row through every index: a release that changes for the most part is written anew, its indexes after.
create function names.set_deleted_at(dataset uuid, moment timestamptz, condition text) returns bigint language plpgsql as $$
declare
  release text := names.release_of(dataset);
  aside text := 'names.rewritten_' || replace(dataset::text, '-', '');
  concerned bigint;
  row_count bigint;
begin
  if to_regclass(release) is not null then
    execute format('select count(*) filter (where %s), count(*) from %s n', condition, release) into concerned, row_count;
    if concerned * 2 > row_count then
      execute format('create table %s (like names.names including defaults including constraints)', aside);
      perform names.copy_release(release, aside, format('case when %s then %L::timestamptz else n.deleted_at end', condition, moment));
      perform names.index_aside(aside, dataset, true);
      perform names.swap_in(aside, dataset);
      return concerned;
    end if;
  end if;
  execute format('update names.names n set deleted_at = $1 where n.dataset_id = $2 and %s', condition) using moment, dataset;
  get diagnostics concerned = row_count;
  return concerned;
end;
$$;
comment on function names.set_deleted_at(uuid, timestamptz, text) is
  'Sets when rows of a dataset ceased to count, or null if they count again; the condition is SQL over the row n. Returns how many.';

create function names.merge_dataset(
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
comment on function names.merge_dataset is
  'Makes what was staged of a file count, and ends its job; says the problem if the file is refused; no row if the job is another worker''s.';

-- The slices in the temporary table take the place of those they replace.
create function names.take_slices(staging text, ds names.datasets, is_large boolean) returns void language plpgsql as $$
declare
  is_apart boolean := to_regclass(names.release_of(ds.id)) is not null;
begin
  perform names.set_deleted_at(held.id, now(), $q$n.deleted_at is null and exists (
      select from slice s where s.replaces = n.dataset_id and s.year = n.year and s.gender = n.gender and s.wins)$q$)
  from (select distinct replaces as id from slice where wins and replaces <> ds.id) held;
  update names.slices h set is_living = false
  from slice s
  where h.dataset_id = s.replaces and h.year = s.year and h.gender = s.gender and s.wins;
  delete from names.slices o
  where o.dataset_id = ds.id and not exists (select from slice s where s.year = o.year and s.gender = o.gender);

  insert into names.slices as o (
    dataset_id, year, gender, source_id, region, row_count, births, is_living, replaces, added, changed, removed, ranks_at, loaded_at)
  select ds.id, s.year, s.gender, ds.source_id, ds.region, s.row_count, s.births, s.wins,
    case when s.wins then nullif(s.replaces, ds.id) end, s.added, s.changed, s.removed, s.ranks_at, clock_timestamp()
  from slice s
  on conflict (dataset_id, year, gender) do update
  set (source_id, region, row_count, births, is_living, ranks_at, loaded_at) = (
        excluded.source_id, excluded.region, excluded.row_count, excluded.births, excluded.is_living, excluded.ranks_at,
        excluded.loaded_at),
      -- What the release revised when it came stays known where this reading says the same, or replaces nothing.
      (replaces, added, changed, removed) = (
        select k.* from (values (o.replaces, o.added, o.changed, o.removed)) k
        where not excluded.is_living or (excluded.replaces is null and excluded.added + excluded.changed + excluded.removed = 0)
        union all
        select excluded.replaces, excluded.added, excluded.changed, excluded.removed
        where excluded.is_living and not (excluded.replaces is null and excluded.added + excluded.changed + excluded.removed = 0));
  execute format('update %s n set deleted_at = now() from slice s where n.year = s.year and n.gender = s.gender and not s.wins', staging);

  -- An earlier reading of the same file ceases to count.
  if is_large and is_apart then
    perform names.copy_release(names.release_of(ds.id), staging, 'coalesce(n.deleted_at, now())');
  else
    perform names.set_deleted_at(ds.id, now(), 'n.deleted_at is null');
  end if;
  if is_large and (is_apart or not exists (select from names.names where dataset_id = ds.id)) then
    perform names.swap_in(staging, ds.id);
  else
    execute format(
      'insert into names.names (dataset_id, country_id, year, name, name_key, gender, count, deleted_at)
       select dataset_id, country_id, year, name, name_key, gender, count, deleted_at from %s', staging);
  end if;
end;
$$;
comment on function names.take_slices(text, names.datasets, boolean) is
  'Puts the slices of a file in the place of those they replace, and its figures among the others.';

create function names.restore_dataset(dataset uuid)
returns table (slices bigint, restored bigint, replaced bigint) language plpgsql as $$
declare
  ds names.datasets;
begin
  select d.* into ds from names.datasets d where d.id = dataset;
  perform pg_advisory_xact_lock(hashtextextended('names/' || ds.source_id, 0));
  perform pg_advisory_xact_lock(hashtextextended('names/statistics', 0));
  create temp table slice on commit drop as
    select own.year, own.gender, held.dataset_id as replaces
    from names.slices own
    left join names.slices held
      on held.source_id = own.source_id and coalesce(held.region, '') = coalesce(own.region, '') and held.year = own.year
        and held.gender = own.gender and held.is_living
    where own.dataset_id = dataset and not own.is_living;

  select coalesce(sum(names.set_deleted_at(held.id, now(), $q$n.deleted_at is null and exists (
      select from slice s where s.replaces = n.dataset_id and s.year = n.year and s.gender = n.gender)$q$)), 0) into replaced
  from (select distinct s.replaces as id from slice s where s.replaces is not null) held;
  update names.slices h set is_living = false
  from slice s
  where h.dataset_id = s.replaces and h.year = s.year and h.gender = s.gender;

  -- Its last reading, not one that a later reading of the same file replaced.
  create temp table last on commit drop as
    select n.year, n.gender, max(n.deleted_at) as deleted_at
    from names.names n join slice s on s.year = n.year and s.gender = n.gender
    where n.dataset_id = dataset
    group by n.year, n.gender;
  restored := names.set_deleted_at(dataset, null, $q$exists (
    select from last where last.year = n.year and last.gender = n.gender and last.deleted_at = n.deleted_at)$q$);
  drop table last;
  update names.slices own set is_living = true, ranks_at = clock_timestamp()
  from slice s
  where own.dataset_id = dataset and own.year = s.year and own.gender = s.gender;

  select count(*) into slices from slice;
  if slices > 0 then
    insert into names.stale_views values (clock_timestamp());
  end if;
  drop table slice;
  return next;
end;
$$;
comment on function names.restore_dataset(uuid) is 'Makes the figures of an earlier release count again, in place of those that replaced them.';

create function names.refresh_statistics() returns boolean language plpgsql as $$
begin
  -- One process refreshes at a time; what is loaded meanwhile waits for the next time.
  if not pg_try_advisory_xact_lock(hashtextextended('names/statistics', 0)) or not exists (select from names.stale_views) then
    return false;
  end if;
  delete from names.stale_views;
  if exists (select from names.name_statistics) then
    refresh materialized view concurrently names.name_statistics;
    refresh materialized view concurrently names.gender_probabilities;
  else
    refresh materialized view names.name_statistics; -- nobody reads what is empty, and it takes half the time
    refresh materialized view names.gender_probabilities;
  end if;
  return true;
end;
$$;
comment on function names.refresh_statistics() is 'Brings the materialised views up to date if a load made them stale; says whether it did.';
