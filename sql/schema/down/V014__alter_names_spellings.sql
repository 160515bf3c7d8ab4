-- Undoes V011: a spelling is a name again, and nobody waits for others. What was summed stays summed.
drop index names.idx_names_accented;
drop function names.plain(text);

do $$
begin
  drop index names.uq_names_dataset_year_name_gender;
  execute format(
    'create unique index uq_names_dataset_year_name_gender on names.names (%sdataset_id, year, name, gender) where deleted_at is null',
    case when pg_get_partkeydef('names.names'::regclass) ~ 'country_id' then 'country_id, ' end);
end;
$$;

create or replace function names.sum_same_names(staging text, dataset uuid, run bigint) returns integer language plpgsql as $$
declare
  summed integer;
begin
  perform names.index_aside(staging, dataset, true);
  return 0;
exception when unique_violation then
  execute format(
    'with same as (
       select year, gender, name, min(id) as id, sum(count) as total, string_agg(count::text, '' + '' order by id) as counts
       from %1$s group by year, gender, name having count(*) > 1
     ),
     kept as (update %1$s s set count = same.total from same where s.id = same.id),
     warned as (
       insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
       select $1, same.year || '' '' || same.gender, same.name, ''same-name-twice'', ''warning'',
         format(''%%s stands more than once for %%s %%s; its counts are summed.'', same.name, same.year, same.gender),
         same.counts || '' = '' || same.total, clock_timestamp()
       from same
     )
     delete from %1$s s using same
     where s.year = same.year and s.gender = same.gender and s.name = same.name and s.id <> same.id', staging) using run;
  get diagnostics summed = row_count;
  perform names.index_aside(staging, dataset, true);
  return summed;
end;
$$;
comment on function names.sum_same_names(text, uuid, bigint) is null;

create or replace function names.copy_contradiction(staging text, ds names.datasets) returns text language plpgsql as $$
declare
  twin record;
  differ boolean;
begin
  for twin in execute format(
    'select f.year, f.gender, s.dataset_id, s.year as other_year, o.code
     from (select year, gender, count(*) as row_count, sum(count) as births from %s group by year, gender) f
     join names.slices s on s.gender = f.gender and s.row_count = f.row_count and s.births = f.births and s.is_living
     join names.sources o on o.id = s.source_id
     where f.row_count >= 20 and s.dataset_id <> $1
       and (s.year <> f.year or s.source_id <> $2 or s.region is distinct from $3)', staging)
    using ds.id, ds.source_id, ds.region
  loop
    execute format(
      'select exists (
         (select name_key, count from %s where year = $1 and gender = $2)
         except
         (select name_key, count from names.names where dataset_id = $3 and year = $4 and gender = $2 and deleted_at is null))',
      staging) into differ using twin.year, twin.gender, twin.dataset_id, twin.other_year;
    if not differ then
      return format('Its figures of %s %s are, name by name, those that %s published for %s.',
        twin.year, twin.gender, twin.code, twin.other_year);
    end if;
  end loop;
  return null;
end;
$$;
comment on function names.copy_contradiction(text, names.datasets) is null;

drop function names.refresh_statistics(boolean);
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
revoke execute on function names.refresh_statistics() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'api_worker') then
    grant execute on function names.refresh_statistics() to api_worker;
  end if;
end;
$$;
