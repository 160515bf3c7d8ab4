-- What statements of all rooms share: the chain of a run, its cursor, its requests, its rejects, its counts.

create or replace function ops.chain_of(run bigint) returns setof ops.runs language sql stable as $$
  with recursive chain as (
    select r.* from ops.runs r where r.id = chain_of.run
    union all
    select r.* from chain c join ops.runs r on r.id = c.resumes
  )
  select * from chain
$$;
comment on function ops.chain_of(bigint) is 'A run and those that it resumes, one after the other. Nothing for null.';

-- Pages are committed side by side: the requests are the truth, and none is missing below the place that the run knows.
create or replace function ops.cursor_of(run bigint) returns table (sequence integer, cursor text)
language sql stable rows 1 as $$
  select coalesce(page.sequence, r.cursor_sequence), coalesce(page.cursor_key, r.cursor)
  from ops.runs r
  left join lateral (
    select known.sequence, known.cursor_key
    from (
      select q.sequence, q.cursor_key, r.cursor_sequence + row_number() over (order by q.sequence) as rank
      from ops.requests q
      where q.run_id = r.id and q.sequence > r.cursor_sequence
    ) known
    where known.sequence = known.rank and known.cursor_key is not null
    order by known.sequence desc
    limit 1
  ) page on true
  where r.id = cursor_of.run
$$;
comment on function ops.cursor_of(bigint) is
  'Where a run resumes: after the last page below which none is missing, or where it began; one row.';

create or replace function ops.without_secrets(said text) returns text language sql immutable parallel safe as $$
  select regexp_replace(
    regexp_replace(said, '(://)[^/?#@\s"<>]+@', '\1…@', 'gi'),
    '([?&;](?:[$]|%24)*'
    || '(?:(?:x-amz-|x[-_])?(?:(?:api|app|access|auth|bearer|client|id|private|refresh|secret|security|service|session'
    || '|subscription|user)[-_]?)?(?:token|secret|signature|sig|password|passwd|pwd|credentials?|auth|authorization)'
    || '|(?:x[-_])?(?:api|app|access|auth|client|private|secret|service|subscription|user)[-_]?key'
    || '|(?:j|php)?session_?id)=)[^&#;\s"<>]+',
    '\1…', 'gi')
$$;
comment on function ops.without_secrets(text) is
  'A text without the secrets in its URLs: user:password@, and parameters that are named like a secret. UrlSecrets says the same.';

create or replace function ops.keep_request(run bigint, request jsonb, again integer default 0) returns void
language sql as $$
  insert into ops.requests (
    run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, cursor_key, records)
  select
    keep_request.run, q.sequence, q.requested_at, ops.without_secrets(q.url), q.status, q.attempts + again, q.milliseconds, q.bytes,
    q.first_key, q.last_key, q.cursor_key, q.records
  from jsonb_to_record(request) as q (
    sequence integer, requested_at timestamptz, url text, status integer, attempts integer, milliseconds integer,
    bytes bigint, first_key text, last_key text, cursor_key text, records integer)
$$;
comment on function ops.keep_request(bigint, jsonb, integer) is
  'Keeps the row of a page that is committed with it; again says how often the page was tried to be written before.';

create or replace function ops.most_rejects() returns integer language sql immutable parallel safe as 'select 1000';
comment on function ops.most_rejects() is
  'So many rejects of each reason are kept: a source of nothing but bad records would fill the disk with copies of them.';

create or replace function ops.keep_rejects(
  run bigint, rejects jsonb, severity text, at timestamptz, out kept bigint, out unlisted bigint)
language plpgsql as $$
begin
  -- What the runs that it resumes rejected after their cursor comes again, and is not told twice.
  with chain as (
    select c.id from ops.chain_of(keep_rejects.run) c
  ),
  refused as (
    select r.*, row_number() over (partition by r.reason order by r.n) as place
    from rows from (
      jsonb_to_recordset(rejects) as (position text, key text, reason text, message text, record text)
    ) with ordinality as r (position, key, reason, message, record, n)
    where not exists (
      select from chain join ops.rejects e on e.run_id = chain.id and e.reason = r.reason
      where e.position = r.position and e.record = r.record)
  ),
  listed as (
    select told.reason, (
      select count(*)
      from (
        select from chain join ops.rejects e on e.run_id = chain.id where e.reason = told.reason limit ops.most_rejects()
      ) some_listed
    ) as rejects
    from (select distinct reason from refused) told
  ),
  inserted as (
    insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
    select keep_rejects.run, r.position, r.key, r.reason, keep_rejects.severity, r.message, r.record, at
    from refused r join listed using (reason)
    where listed.rejects + r.place <= ops.most_rejects()
    order by r.n
    returning 1
  )
  select (select count(*) from inserted), (select count(*) from refused) - (select count(*) from inserted)
  into kept, unlisted;
end;
$$;
comment on function ops.keep_rejects(bigint, jsonb, text, timestamptz) is
  'Keeps what was rejected, [{position, key, reason, message, record}], up to the limit of each reason; unlisted are beyond it.';

-- The row is locked first, so that what the other writer of the run has committed is seen.
create or replace function ops.count_run(run bigint, counts jsonb, now timestamptz default now()) returns void
language plpgsql as $$
begin
  perform from ops.runs r where r.id = count_run.run for no key update;
  update ops.runs r
  set heartbeat_at = greatest(count_run.now, r.heartbeat_at),
      seen = r.seen + coalesce(c.seen, 0),
      added = r.added + coalesce(c.added, 0),
      updated = r.updated + coalesce(c.updated, 0),
      unchanged = r.unchanged + coalesce(c.unchanged, 0),
      retired = r.retired + coalesce(c.retired, 0),
      restored = r.restored + coalesce(c.restored, 0),
      rejected = r.rejected + coalesce(c.rejected, 0),
      skipped = r.skipped + coalesce(c.skipped, 0),
      bytes = r.bytes + coalesce(c.bytes, 0),
      cursor = place.cursor,
      cursor_sequence = place.sequence
  from jsonb_to_record(counts) as c (
    seen bigint, added bigint, updated bigint, unchanged bigint, retired bigint, restored bigint, rejected bigint,
    skipped bigint, bytes bigint)
  cross join ops.cursor_of(count_run.run) place
  where r.id = count_run.run;
end;
$$;
comment on function ops.count_run(bigint, jsonb, timestamptz) is
  'Adds counts to a run, is a heartbeat of it, and moves its cursor to the last page below which none is missing.';

-- Whoever writes a page of it is waited for, and only what follows sees that page: no lock that an update takes keeps it out.
create or replace function ops.close_run(
  run bigint, status text, is_complete boolean, is_handed_over boolean, error text, note text, now timestamptz default now())
returns setof ops.runs language plpgsql as $$
begin
  perform from ops.runs r where r.id = close_run.run for update;
  update ops.runs r
  set status = close_run.status,
      is_complete = close_run.is_complete,
      error = ops.without_secrets(close_run.error),
      note = ops.without_secrets(close_run.note),
      heartbeat_at = greatest(close_run.now, r.heartbeat_at),
      finished_at = greatest(close_run.now, r.heartbeat_at),
      cursor = place.cursor,
      cursor_sequence = place.sequence
  from ops.cursor_of(close_run.run) place
  where r.id = close_run.run and r.status = 'running';
  if found and close_run.is_handed_over then
    insert into ops.handovers (run_id) values (close_run.run);
  end if;
  return query select r.* from ops.runs r where r.id = close_run.run and r.status <> 'running';
end;
$$;
comment on function ops.close_run(bigint, text, boolean, boolean, text, text, timestamptz) is
  'Closes a run behind every page of it that is being written, and gives it as it stands then; one closed before stays as it is.';

-- A run is lost when its worker is not alive any more: who opens the next one finds it, or a heartbeat of any process.
create or replace function ops.abandon_run(run bigint, now timestamptz default now()) returns bigint language sql as $$
  update ops.runs r
  set status = 'abandoned',
      finished_at = greatest(abandon_run.now, r.heartbeat_at),
      error = 'The process that ran it stopped sending heartbeats; '
        || case when r.cursor is null then 'what it left, the next run does.' else 'the next run resumes from its cursor.' end
  where r.id = abandon_run.run and r.status = 'running' and not ops.is_alive(r.claimed_by)
  returning r.id
$$;
comment on function ops.abandon_run(bigint, timestamptz) is
  'Abandons a run whose worker is not alive any more; null if there is none.';

-- As its owner: whoever works on the queue of names as api_worker does not write the ledger. What is just being written is locked,
-- and looked at again.
create or replace function ops.abandon_lost_runs() returns table (id bigint, room text, flow text, scope text, node text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with lost as (
    select r.id, r.room, r.flow, r.scope, r.node
    from ops.runs r
    where r.status = 'running' and not ops.is_alive(r.claimed_by)
    order by r.id
    for update skip locked
  )
  select l.id, l.room, l.flow, l.scope, l.node from lost l where ops.abandon_run(l.id) is not null
$$;
comment on function ops.abandon_lost_runs() is 'Abandons every run whose worker is not alive any more.';
do $$
begin
  revoke execute on function ops.abandon_run(bigint, timestamptz), ops.abandon_lost_runs() from public;
  if exists (select from pg_roles where rolname = 'api_worker') then
    grant execute on function ops.abandon_lost_runs() to api_worker;
  end if;
end;
$$;

create or replace function ops.database_id() returns text language sql stable as $$
  select format('%s/%s/%s', c.system_identifier, d.oid, 'ops'::regnamespace::oid)
  from pg_control_system() c
  cross join pg_database d
  where d.datname = current_database()
$$;
comment on function ops.database_id() is
  'Which database this is, of all servers: also what was restored from a dump is another one. A copy of the files of a server is not.';

-- A room tells what its runs do not: in a view named troubles, of scopes that are held, overdue, flapping or dead, or silent.
create or replace function ops.troubles(now timestamptz, overdue interval, expected jsonb default '[]')
returns table (room text, flow text, scope text, cause text, run_id bigint, since timestamptz, detail text)
language plpgsql stable as $$
#variable_conflict use_column
declare
  tellers text;
begin
  select coalesce(
    string_agg(format(
      'select %L::text as room, flow, scope, cause, run_id, since, detail from %I.troubles', n.nspname, n.nspname), ' union all '),
    'select null::text, null::text, null::text, null::text, null::bigint, null::timestamptz, null::text where false')
  into tellers
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relname = 'troubles' and c.relkind = 'v' and c.relowner = (select o.relowner from pg_class o where o.oid = 'ops.runs'::regclass);
  return query execute replace($query$
    with told (room, flow, scope, cause, run_id, since, detail) as materialized (tellers),
    -- The last run that came to an end, if it went wrong; what was asked for by hand in a plan is nobody's trouble.
    wrong as materialized (
      select r.id, r.room, r.flow, r.scope, r.status, r.finished_at, coalesce(r.error, r.note) as detail
      from ops.runs r
      where r.status in ('failed', 'partial') and r.mode <> 'plan' and r.finished_at > $1 - interval '7 days'
      union
      select r.id, r.room, r.flow, r.scope, r.status, r.finished_at, coalesce(r.error, r.note)
      from ops.incidents i
      join ops.runs r on r.id = i.run_id and r.status in ('failed', 'partial')
      where i.closed_at is null
    ),
    last_wrong as (
      select w.*
      from wrong w
      where not exists (
        select from ops.runs l
        where l.room = w.room and l.flow = w.flow and l.scope = w.scope and l.id > w.id and l.mode <> 'plan'
          and l.status in ('succeeded', 'failed', 'partial'))
    ),
    expected as (
      select e.room, e.flow, e.scope, e.due_at
      from jsonb_to_recordset($3) as e (room text, flow text, scope text, due_at timestamptz)
    ),
    trouble as (
      select w.room, w.flow, w.scope, w.status as cause, w.id as run_id, w.detail,
        coalesce((
          select min(f.finished_at)
          from ops.runs f
          where f.room = w.room and f.flow = w.flow and f.scope = w.scope and f.status = w.status and f.id > coalesce((
            select max(s.id) from ops.runs s
            where s.room = w.room and s.flow = w.flow and s.scope = w.scope and s.status = 'succeeded'), 0)),
          w.finished_at) as since
      from last_wrong w
      union all
      -- It ran before, and neither came to an end nor runs since it was due.
      select e.room, e.flow, e.scope, 'overdue', l.id, 'No run has come to an end since it was due.', e.due_at
      from expected e
      join lateral (
        select r.id from ops.runs r where r.room = e.room and r.flow = e.flow and r.scope = e.scope order by r.id desc limit 1
      ) l on true
      where not exists (
        select from ops.runs r
        where r.room = e.room and r.flow = e.flow and r.scope = e.scope
          and (r.status in ('succeeded', 'failed', 'partial') and r.finished_at >= e.due_at
            or r.status = 'running' and ops.is_alive(r.claimed_by)))
      union all
      select t.room, t.flow, t.scope, t.cause, t.run_id, t.detail, t.since
      from told t
      where t.cause <> 'silent' and (t.cause <> 'overdue' or t.since < $1 - $2)
    )
    select t.room, t.flow, t.scope, t.cause, t.run_id, t.since, t.detail
    from trouble t
    where not exists (
      select from told s where s.cause = 'silent' and s.room = t.room and s.flow = t.flow and s.scope = t.scope)
  $query$, 'tellers', tellers) using now, overdue, expected;
end;
$$;
comment on function ops.troubles(timestamptz, interval, jsonb) is
  'What is wrong now: the last run of a scope failed or was partial, a room says so in its view troubles, or no run came that was expected, [{room, flow, scope, due_at}].';

-- A room says in a view named held_runs which runs it needs: whole, with their requests and rejects, or the row alone.
create or replace function ops.held_runs(runs bigint[]) returns table (run_id bigint, is_whole boolean)
language plpgsql stable as $$
declare
  holder text;
begin
  for holder in
    select n.nspname
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = 'held_runs' and c.relkind = 'v' and c.relowner = (select o.relowner from pg_class o where o.oid = 'ops.runs'::regclass)
  loop
    return query execute format('select h.run_id, h.is_whole from %I.held_runs h where h.run_id = any ($1)', holder) using runs;
  end loop;
end;
$$;
comment on function ops.held_runs(bigint[]) is 'Which of these runs their rooms still need, whole or not.';

create or replace function ops.old_runs(before timestamptz, after bigint, most integer)
returns table (id bigint, is_whole boolean, is_held boolean) language sql stable as $$
  with old as materialized (
    select r.id, r.room, r.flow, r.scope, r.mode, r.begun_at
    from ops.runs r
    where r.id > old_runs.after and r.finished_at < old_runs.before
    order by r.id
    limit old_runs.most
  ),
  held as materialized (
    select h.run_id, bool_or(h.is_whole) as is_whole
    from ops.held_runs((select array_agg(old.id) from old)) h
    group by h.run_id
  )
  select old.id,
    -- Its chain is the last one of its scope and mode, or the last complete one: the next run resumes from it, and it is verified.
    coalesce(held.is_whole, false)
      or not exists (
        select from ops.runs l
        where l.room = old.room and l.flow = old.flow and l.scope = old.scope and l.mode = old.mode and l.id > old.id
          and l.begun_at <> old.begun_at)
      -- As long as the last of its chain is kept, all are.
      or exists (
        select from ops.runs n
        where n.room = old.room and n.flow = old.flow and n.scope = old.scope and n.id > old.id and n.begun_at = old.begun_at
          and (n.finished_at is null or n.finished_at >= old_runs.before))
      or exists (
        select from (
          select c.begun_at from ops.runs c
          where c.room = old.room and c.flow = old.flow and c.scope = old.scope and c.is_complete
          order by c.id desc limit 1) complete
        where complete.begun_at = old.begun_at),
    held.run_id is not null
  from old left join held on held.run_id = old.id
  order by old.id
$$;
comment on function ops.old_runs(timestamptz, bigint, integer) is
  'The next runs that ended before a moment: whether they are needed whole, with requests and rejects, and whether a room needs them.';

create or replace view ops.shown_rejects as
select
  j.id, j.run_id, j.position, j.key, j.reason, j.severity, ops.without_secrets(j.message) as message, j.rejected_at
from ops.rejects j;
comment on view ops.shown_rejects is 'What api_readonly may see of the rejects: not the records as they came.';

-- ---- partitions ----

create or replace function ops.partitions_of(whole regclass) returns table (part regclass, lower text, upper text)
language sql stable set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
  select i.inhrelid::regclass, nullif(bounds[1], 'MINVALUE'), bounds[2]
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  left join lateral regexp_match(
    pg_get_expr(c.relpartbound, c.oid), '^FOR VALUES FROM \(''?([^'')]+)''?\) TO \(''?([^'')]+)''?\)$') bounds on true
  where i.inhparent = partitions_of.whole
  order by length(bounds[2]), bounds[2]
$$;
comment on function ops.partitions_of(regclass) is
  'The partitions of a table in ranges, in their order, each up to its upper bound; the first has no lower one, the default partition none.';

create or replace function ops.partition_bound(at text, size text, steps integer) returns text
language sql stable set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
  select case
    when size ~ '^[0-9]+$' then ((at::bigint / size::bigint + steps) * size::bigint)::text
    else (date_trunc(size, at::timestamptz) + steps * case size when 'quarter' then '3 months' else '1 ' || size end::interval)::text
  end
$$;
comment on function ops.partition_bound(text, text, integer) is
  'The bound of a partition so many steps after that of a moment or a number; size: month, quarter, year, or how many numbers.';

-- As a table of its own that is then attached: who reads and writes the other partitions goes on. What came meanwhile
-- for which there is none lies in the default partition, and stays there: the next one begins behind it.
create or replace function ops.open_partitions(whole regclass, at text, size text, ahead integer) returns setof text
language plpgsql set timezone = 'UTC' set datestyle = 'ISO, YMD' set lock_timeout = '200ms' as $$
declare
  until text := ops.partition_bound(at, size, ahead + 1);
  next text;
  bound text;
  part text;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('partitions/' || whole::text, 0)) then
    return; -- Another node makes them.
  end if;
  select p.upper into next
  from ops.partitions_of(whole) p where p.upper is not null order by length(p.upper) desc, p.upper desc limit 1;
  if next is null or (length(next), next) <= (length(at), at) then
    next := ops.partition_bound(at, size, 1);
  end if;
  while (length(next), next) < (length(until), until) loop
    bound := ops.partition_bound(next, size, 1);
    part := whole::text || '_' || regexp_replace(split_part(next, ' ', 1), '[^0-9]', '', 'g');
    for attempt in 1 .. 10 loop
      begin
        execute format('create table %s (like %s including all excluding identity)', part, whole);
        execute format('comment on table %s is %L', part, format('Of %s, from %s to %s.', whole, next, bound));
        execute format('alter table %s attach partition %s for values from (%L) to (%L)', whole, part, next, bound);
        return next part;
        exit;
      exception
        when check_violation then
          exit; -- The clock of a node was ahead, and what it wrote lies in the default partition.
        when lock_not_available then
          if attempt = 10 then
            raise;
          end if;
          perform pg_sleep(0.1); -- Who waited behind it gets through; then again.
      end;
    end loop;
    next := bound;
  end loop;
end;
$$;
comment on function ops.open_partitions(regclass, text, text, integer) is
  'Makes the partitions that are missing for so many sizes after a moment or a number, and names them; fails with 55P03 while others are at work there.';

create or replace function ops.analyze_partitions(whole regclass) returns void
language plpgsql set lock_timeout = '200ms' as $$
declare
  part text;
begin
  -- What is known of the whole: autovacuum looks at partitions alone.
  for part in
    select c.oid::regclass
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
    where c.oid = whole or p.partstrat = 'h' and c.relnamespace = (select w.relnamespace from pg_class w where w.oid = whole)
  loop
    begin
      execute format('analyze %s', part);
    exception when lock_not_available then
      null; -- It is being analyzed, or altered.
    end;
  end loop;
end;
$$;
comment on function ops.analyze_partitions(regclass) is
  'Looks anew at what a table and those beside it hold; not with what makes a partition, which others wait for.';

-- Who waits for a lock waits for a moment: longer, and all that comes after it would wait behind it.
create or replace function ops.drop_partition(part regclass, needed text, most integer) returns boolean
language plpgsql set lock_timeout = '200ms' as $$
declare
  whole regclass := (select i.inhparent from pg_inherits i where i.inhrelid = part);
  kept bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('partitions/' || whole::text, 0))
      or not exists (select from pg_inherits i where i.inhrelid = part) then
    return false; -- Another node does it, or did.
  end if;
  execute format('create temporary table kept_rows on commit drop as select t.* from %s t where %s limit %s', part, needed, most + 1);
  get diagnostics kept = row_count;
  for attempt in 1 .. case when kept > most then 0 else 10 end loop
    begin
      execute format('alter table %s detach partition %s', whole, part);
      execute format('insert into %s overriding system value select k.* from kept_rows k', whole);
      execute format('drop table %s', part);
      drop table kept_rows;
      return true;
    exception
      when lock_not_available then
        if attempt = 10 then
          raise;
        end if;
        perform pg_sleep(0.1);
      when dependent_objects_still_exist then
        raise warning '% stays: something of yours depends on it, and not on the whole table.', part;
        exit;
    end;
  end loop;
  drop table kept_rows;
  return false;
end;
$$;
comment on function ops.drop_partition(regclass, text, integer) is
  'Drops a partition; its rows t that are needed, a condition, go to the default one. If they are too many, it stays; while it is read, 55P03.';

create or replace function ops.drop_old_partition(whole regclass, before timestamptz, after bigint, needed text, most integer)
returns table (removed integer, next bigint) language plpgsql as $$
declare
  old record;
begin
  select p.part, extract(epoch from p.upper::timestamptz)::bigint as upper into old
  from ops.partitions_of(whole) p
  where p.upper::timestamptz <= before and extract(epoch from p.upper::timestamptz) > after
  order by p.upper::timestamptz
  limit 1;
  return query select coalesce(ops.drop_partition(old.part, needed, most), false)::integer, old.upper;
end;
$$;
comment on function ops.drop_old_partition(regclass, timestamptz, bigint, text, integer) is
  'Drops the next partition, by its end in seconds since 1970, of a table in ranges of time all of which are before a moment.';

create or replace function ops.old_border(whole regclass, before timestamptz) returns timestamptz language sql stable as $$
  select coalesce(max(b.bound), old_border.before)
  from ops.partitions_of(whole) p
  cross join lateral (values (p.lower::timestamptz), (p.upper::timestamptz)) b (bound)
  where b.bound <= old_border.before
$$;
comment on function ops.old_border(regclass, timestamptz) is
  'Up to when rows of a table in ranges of time go one by one: a moment, or the beginning of the partition that it is in and that will go whole.';

create or replace function ops.old_request_partitions(before timestamptz)
returns table (part regclass, lower bigint, upper bigint) language sql stable as $$
  select p.part, coalesce(p.lower::bigint, 0), p.upper::bigint
  from ops.partitions_of('ops.requests') p
  where p.upper::bigint <= (select max(r.id) from ops.runs r)
    -- The last one first: as long as that is young, the others need not be looked at.
    and ((select r.finished_at from ops.runs r where r.id < p.upper::bigint order by r.id desc limit 1)
      < old_request_partitions.before) is not false
    and not exists (
      select from ops.runs r
      where r.id >= coalesce(p.lower::bigint, 0) and r.id < p.upper::bigint
        and (r.finished_at >= old_request_partitions.before) is not false)
    and old_request_partitions.before is not null
$$;
comment on function ops.old_request_partitions(timestamptz) is 'The partitions of the requests of runs all of which ended before a moment.';

create or replace function ops.drop_old_requests(before timestamptz, after bigint, most integer)
returns table (removed integer, next bigint) language plpgsql as $$
declare
  old record;
  needed bigint[];
begin
  select o.* into old
  from ops.old_request_partitions(drop_old_requests.before) o where o.upper > drop_old_requests.after order by o.upper limit 1;
  if old.part is not null then
    needed := array(
      select o.id
      from ops.old_runs(drop_old_requests.before, old.lower - 1, (
        select count(*)::integer from ops.runs r where r.id >= old.lower and r.id < old.upper)) o
      where o.is_whole);
  end if;
  return query select
    coalesce(ops.drop_partition(old.part, format('t.run_id = any (%L)', needed), drop_old_requests.most), false)::integer, old.upper;
end;
$$;
comment on function ops.drop_old_requests(timestamptz, bigint, integer) is
  'Drops the next partition of the requests whose runs all ended before a moment, but the requests of runs that are needed whole.';

-- Of time it is said a week before it is missed; of numbers the caller knows since when they are beyond the last one.
create or replace function ops.partition_troubles(whole text, beyond_since timestamptz default null)
returns table (flow text, scope text, cause text, run_id bigint, since timestamptz, detail text) language sql stable as $$
  select 'cleanup', whole, 'overdue', null::bigint, late.since,
    'No partition was made ahead; what comes goes to the default one. Has no node of this room run at the time of its cleanup?'
  from (
    select coalesce(
      beyond_since,
      (select max(case when p.upper !~ '^[0-9]+$' then p.upper::timestamptz end) from ops.partitions_of(whole::regclass) p)
        - interval '7 days') as since
  ) late
  where late.since is not null
$$;
comment on function ops.partition_troubles(text, timestamptz) is
  'What a table in ranges has to say to ops.troubles, once it is due: that no partition was made ahead for what comes, and since when.';

create or replace view ops.troubles as
select t.flow, t.scope, t.cause, t.run_id, t.since, t.detail
from ops.partition_troubles('ops.requests', (
  select r.started_at from ops.runs r
  where r.id >= (select max(p.upper::bigint) from ops.partitions_of('ops.requests') p)
  order by r.id
  limit 1)) t;
comment on view ops.troubles is 'What ops.troubles is told of: that no partition of the requests was made ahead.';
