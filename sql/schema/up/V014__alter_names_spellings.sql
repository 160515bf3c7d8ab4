-- One figure for a name however it is spelt, a search that passes over accents, and loads side by side that miss nothing.

-- ---- one name, one figure ----

-- What a reading holds as LIAM and as Liam becomes one figure; of a replaced reading too, for it may be restored. Counted
-- first, while both are there.
with reading as (
  select n.dataset_id, n.year, n.gender, n.deleted_at, count(distinct n.name_key) as row_count
  from names.names n
  group by n.dataset_id, n.year, n.gender, n.deleted_at
  having count(*) > count(distinct n.name_key)
)
update names.slices l
set row_count = r.row_count
from reading r
where l.dataset_id = r.dataset_id and l.year = r.year and l.gender = r.gender
  and r.deleted_at is not distinct from case when not l.is_living then (
    select max(o.deleted_at)
    from names.names o
    where o.dataset_id = l.dataset_id and o.year = l.year and o.gender = l.gender) end;

update names.datasets d
set row_count = counted.row_count
from (select l.dataset_id, sum(l.row_count) as row_count from names.slices l group by l.dataset_id) counted
where counted.dataset_id = d.id and d.row_count > counted.row_count;

drop index names.uq_names_dataset_year_name_gender;
with same as (
  select n.dataset_id, n.year, n.gender, n.name_key, n.deleted_at, min(n.id) as id, sum(n.count)::integer as total,
    coalesce(max(n.name collate "C") filter (where n.name collate "C" < 'a'), max(n.name collate "C")) as name
  from names.names n
  group by n.dataset_id, n.year, n.gender, n.name_key, n.deleted_at
  having count(*) > 1
),
gone as (
  delete from names.names n using same s
  where n.dataset_id = s.dataset_id and n.year = s.year and n.gender = s.gender and n.name_key = s.name_key
    and n.deleted_at is not distinct from s.deleted_at and n.id <> s.id
)
update names.names n set name = s.name, count = s.total from same s where n.dataset_id = s.dataset_id and n.id = s.id;

-- A unique index holds what the table is cut by: the country too, where ops/partition-names-by-country.sql was taken.
do $$
begin
  execute format(
    'create unique index uq_names_dataset_year_name_gender on names.names (%sdataset_id, year, name_key, gender) where deleted_at is null',
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
       select year, gender, name_key, min(id) as id, sum(count) as total, string_agg(count::text, '' + '' order by id) as counts,
         coalesce(max(name collate "C") filter (where name collate "C" < ''a''), max(name collate "C")) as name,
         string_agg(distinct name, '', '') as spellings, string_agg(name || '' '' || count, '' + '' order by id) as spelt_counts
       from %1$s group by year, gender, name_key having count(*) > 1
     ),
     kept as (update %1$s s set name = same.name, count = same.total from same where s.id = same.id),
     warned as (
       insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
       select $1, same.year || '' '' || same.gender, same.name, ''same-name-twice'', ''warning'',
         case
           when same.spellings = same.name
             then format(''%%s stands more than once for %%s %%s; its counts are summed.'', same.name, same.year, same.gender)
           else format(''%%s are one name; their counts for %%s %%s are summed.'', same.spellings, same.year, same.gender)
         end,
         case when same.spellings = same.name then same.counts else same.spelt_counts end || '' = '' || same.total,
         clock_timestamp()
       from same
     )
     delete from %1$s s using same
     where s.year = same.year and s.gender = same.gender and s.name_key = same.name_key and s.id <> same.id', staging) using run;
  get diagnostics summed = row_count;
  perform names.index_aside(staging, dataset, true);
  return summed;
end;
$$;
comment on function names.sum_same_names(text, uuid, bigint) is
  'Makes one figure of what stands more than once in a file, in whatever spelling; returns how many figures that took away.';

-- ---- names by their letters ----

create function names.plain(key text) returns text language sql immutable strict parallel safe as $$
  select replace(replace(translate(
    regexp_replace(normalize(key, nfd), '[\u0300-\u036f]', '', 'g'), 'ØŁĐÐĦŦ', 'OLDDHT'), 'Æ', 'AE'), 'Œ', 'OE')
$$;
comment on function names.plain(text) is 'A name in capitals without its accents: ZOË is ZOE.';
revoke execute on function names.plain(text) from public;

-- "Which names read so without their accents?" Of the few that have one; the others are found as they are written.
create index idx_names_accented on names.names (names.plain(name_key) text_pattern_ops)
  where deleted_at is null and octet_length(name) > length(name);

-- ---- side by side ----

create or replace function names.copy_contradiction(staging text, ds names.datasets) returns text language plpgsql as $$
declare
  twin record;
  differ boolean;
begin
  -- Only who comes second can see a copy. So whoever has figures that look the same waits here until the others count or are
  -- refused; in one order, lest two wait for each other.
  execute format(
    'select pg_advisory_xact_lock(f.look)
     from (
       select distinct hashtextextended(format(''names/look/%%s/%%s/%%s'', gender, count(*), sum(count)), 0) as look
       from %s group by year, gender having count(*) >= 20 order by look
     ) f', staging);
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
comment on function names.copy_contradiction(text, names.datasets) is
  'Whose figures a file repeats under another name, in words; waits for files that are about to count and may be the same.';

drop function names.refresh_statistics();
create function names.refresh_statistics(wait boolean default false) returns boolean language plpgsql as $$
begin
  if not exists (select from names.stale_views) then
    return false;
  end if;
  -- One process refreshes at a time, and knows nothing of what is loaded meanwhile: a service comes back for that in a moment,
  -- a command that ends waits and looks again.
  if wait then
    perform pg_advisory_xact_lock(hashtextextended('names/statistics', 0));
  elsif not pg_try_advisory_xact_lock(hashtextextended('names/statistics', 0)) then
    return false;
  end if;
  if not exists (select from names.stale_views) then
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
comment on function names.refresh_statistics(boolean) is
  'Brings the materialised views up to date if a load made them stale; says whether it did. May wait for who is at it.';
revoke execute on function names.refresh_statistics(boolean) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'api_worker') then
    grant execute on function names.plain(text), names.refresh_statistics(boolean) to api_worker;
  end if;
end;
$$;
