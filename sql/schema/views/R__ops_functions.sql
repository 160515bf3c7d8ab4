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

create or replace function ops.keep_request(run bigint, request jsonb, again integer default 0) returns void
language sql as $$
  insert into ops.requests (
    run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, cursor_key, records)
  select
    keep_request.run, q.sequence, q.requested_at, q.url, q.status, q.attempts + again, q.milliseconds, q.bytes,
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
