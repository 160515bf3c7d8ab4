-- How files are handed out and read: states, queue, staging, and what speaks against a file.

-- ---- states ----

create function names.check_dataset_status() returns trigger language plpgsql as $$
begin
  if (old.status, new.status) not in (
    ('pending', 'processing'), ('processing', 'completed'), ('processing', 'failed'),
    ('completed', 'reprocessing'), ('reprocessing', 'completed'), ('reprocessing', 'failed'),
    ('failed', 'processing'), ('failed', 'reprocessing')
  ) then
    raise exception 'A dataset cannot become % when it is %.', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end;
$$;

create trigger check_dataset_status
  before update of status on names.datasets
  for each row when (old.status is distinct from new.status) execute function names.check_dataset_status();

create function names.check_job_status() returns trigger language plpgsql as $$
begin
  if (old.status, new.status) not in (
    ('queued', 'running'), ('queued', 'failed'), ('running', 'completed'), ('running', 'failed'), ('running', 'queued'),
    ('failed', 'queued')
  ) then
    raise exception 'A job cannot become % when it is %.', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end;
$$;

create trigger check_job_status
  before update of status on names.jobs
  for each row when (old.status is distinct from new.status) execute function names.check_job_status();

-- ---- the queue ----

create function names.lock_next_job(worker_id varchar(100))
returns table (job_id uuid, job_type varchar(50), job_payload jsonb) language plpgsql as $$
begin
  return query
  with next as (
    select j.id
    from names.jobs j
    where j.status = 'queued' and j.attempts < j.max_attempts and (j.next_retry_at is null or j.next_retry_at <= now())
    order by j.created_at
    limit 1
    for update skip locked
  ),
  locked as (
    update names.jobs j
    set status = 'running', locked_at = now(), locked_by = worker_id, heartbeat_at = now(),
        started_at = coalesce(j.started_at, now()), attempts = j.attempts + 1
    from next
    where j.id = next.id
    returning j.id, j.type, j.payload, j.dataset_id
  ),
  begun as (
    update names.datasets d
    -- By what became of the file, not by the word on the job: an old job may be retried after a newer one read the file.
    set status = case
      when d.status in ('pending', 'processing') or d.processed_at is null then 'processing'
      else 'reprocessing'
    end
    from locked
    where d.id = locked.dataset_id
  )
  select locked.id, locked.type, locked.payload from locked;
end;
$$;
comment on function names.lock_next_job(varchar) is 'Hands the next job that is due to one worker; no row if there is none.';

create function names.cleanup_old_jobs() returns integer language plpgsql as $$
declare
  deleted_count integer;
begin
  delete from names.jobs where status in ('completed', 'failed') and completed_at < now() - interval '30 days';
  get diagnostics deleted_count = row_count;
  return deleted_count;
end;
$$;
comment on function names.cleanup_old_jobs() is 'Removes jobs that ended more than 30 days ago; returns how many.';

-- ---- staging ----

create function names.staging_of(dataset uuid) returns text language sql immutable as $$
  select 'names.staging_' || replace(dataset::text, '-', '')
$$;
comment on function names.staging_of(uuid) is 'The table into which a file is read before its figures count.';

create function names.drop_staging(dataset uuid) returns void language plpgsql as $$
begin
  if to_regclass(names.staging_of(dataset)) is not null then
    execute format('drop table %s', names.staging_of(dataset));
  end if;
end;
$$;

create function names.open_staging(dataset uuid) returns void language plpgsql as $$
begin
  perform names.drop_staging(dataset);
  execute format('create table %s (like names.names including defaults including constraints)', names.staging_of(dataset));
end;
$$;

-- Lists instead of JSON: two million figures take a third of the time. A name holds no line break.
create function names.stage_rows(dataset uuid, years text, genders text, spellings text, keys text, counts text)
returns integer language plpgsql as $$
declare
  staged integer;
begin
  execute format(
    'insert into %s (dataset_id, country_id, year, gender, name, name_key, count)
     select d.id, d.country_id, r.year, r.gender, r.name, r.name_key, r.count
     from names.datasets d,
       unnest(string_to_array($2, '','')::integer[], string_to_array($3, '','')::char(1)[], string_to_array($4, E''\n''),
         string_to_array($5, E''\n''), string_to_array($6, '','')::integer[]) as r (year, gender, name, name_key, count)
     where d.id = $1',
    names.staging_of(dataset)) using dataset, years, genders, spellings, keys, counts;
  get diagnostics staged = row_count;
  return staged;
end;
$$;

create function names.home_of(dataset uuid) returns regclass language sql stable as $$
  select coalesce(
    (
      select c.oid::regclass
      from names.datasets d
      join pg_inherits i on i.inhparent = 'names.names'::regclass
      join pg_class c on c.oid = i.inhrelid and c.relkind = 'p'
      where d.id = dataset and pg_get_expr(c.relpartbound, c.oid) like '%' || d.country_id || '%'
    ),
    'names.names'::regclass)
$$;
comment on function names.home_of(uuid) is
  'The table that a release built aside becomes a partition of: the part of its country, once names.names is cut by country.';

-- The definitions are those of the table it is to become a part of.
create function names.index_aside(aside text, dataset uuid, only_unique boolean) returns void
language plpgsql set maintenance_work_mem = '256MB' as $$
declare
  definition text;
begin
  for definition in
    select
      case
        when i.indisprimary then format('alter table %s add %s', aside, pg_get_constraintdef(c.oid))
        else regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX \S+ ON ONLY \S+ ', ' INDEX ON ' || aside || ' ')
      end
    from pg_index i
    left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
    where i.indrelid = names.home_of(dataset) and (i.indisunique and not i.indisprimary) = only_unique
  loop
    execute definition;
  end loop;
end;
$$;
comment on function names.index_aside(text, uuid, boolean) is
  'Makes the indexes of the figures on a table that is built aside: the one that holds each figure once, or all others.';

-- The same name twice in one file, as South Australia publishes it, is one figure: their sum, and a warning in the ledger.
create function names.sum_same_names(staging text, dataset uuid, run bigint) returns integer language plpgsql as $$
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

-- ---- what speaks against a file ----

-- A file that calls boys girls is found out by its most given names, for those are held with the other gender, and not as a
-- rarity: where only boys are held yet, there is a Margaret among them. Shares are compared, for publishers differ in size.
create function names.gender_contradiction(staging text, country uuid, dataset uuid) returns text language plpgsql as $$
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

-- The very figures of another year or another publisher: one of the two is mislabelled.
create function names.copy_contradiction(staging text, ds names.datasets) returns text language plpgsql as $$
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
