-- Who walks which source: claims that hold as long as their worker is alive, never more of one host than it may have.

create or replace function harvest.host_of(url text) returns text language sql immutable strict as $$
  select lower(substring(url from '^[A-Za-z]+://(?:[^/?#@]*@)?(\[[^]]*\]|[^/?#:]+)'))
$$;
comment on function harvest.host_of(text) is 'The host in a URL, in small letters.';

create or replace function harvest.portal_of(url text) returns text language sql immutable as $$
  select regexp_replace(url, '^https?://(www\.)?', '')
$$;
comment on function harvest.portal_of(text) is
  'What names a portal in the URL of a source: with http or https, and with www or without, it is the same one.';

create or replace function harvest.claim_sources(
  worker text, source text, kind text, is_due boolean, done bigint[], concurrent integer, most integer)
returns setof bigint language plpgsql as $$
#variable_conflict use_column
declare
  latest timestamptz := case when is_due then clock_timestamp() else 'infinity' end;
begin
  -- A claim that a crash of the server forgets is due again by itself: it is not waited for until it is on disk.
  perform set_config('synchronous_commit', 'off', true);
  if not ops.is_alive(claim_sources.worker) then
    perform ops.beat(array[claim_sources.worker]); -- who claims is alive
  end if;
  -- Two that count the walks of a host at the same time would each see room for its own.
  perform pg_advisory_xact_lock(hashtextextended('harvest.claim_sources', 0));
  return query
  with alive as materialized (
    select w.id
    from (select distinct s.claimed_by from harvest.sources s where s.claimed_by is not null) w (id)
    where ops.is_alive(w.id)
  ),
  held as materialized (
    select s.id, s.host, s.due_at from harvest.sources s where s.claimed_by in (select a.id from alive a)
  ),
  -- Of a process that woke up after its claim had been taken, and goes on: it would be walked twice.
  walked as materialized (
    select r.scope
    from ops.runs r
    where r.room = 'harvest' and r.flow = 'walk' and r.status = 'running' and ops.is_alive(r.claimed_by)
  ),
  -- It has no requests left, for longer than anybody waits for a turn. (Farther ahead than a day the clock was wrong then.)
  paused as materialized (
    select h.host
    from ops.hosts h
    where claim_sources.is_due
      and h.next_request_at > clock_timestamp() + interval '5 minutes' and h.next_request_at < clock_timestamp() + interval '25 hours'
  ),
  free as not materialized (
    select s.id, s.host, s.due_at
    from harvest.sources s
    where s.is_active
      and claim_sources.source is null
      and (claim_sources.kind is null or s.kind = claim_sources.kind)
      and s.due_at <= latest
      and s.id <> all (claim_sources.done)
      and (s.claimed_by is null or s.claimed_by not in (select a.id from alive a))
      and s.host not in (select h.host from held h group by h.host having count(*) >= claim_sources.concurrent)
      and s.name not in (select w.scope from walked w)
      and s.host not in (select p.host from paused p)
  ),
  chosen as (
    -- One that is asked for by name is walked now, due or not: its requests wait for the turns of its host all the same.
    select s.id, s.due_at
    from harvest.sources s
    where s.name = claim_sources.source and s.removed_at is null and s.id <> all (claim_sources.done)
      and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
    union all
    -- A host that nobody walks comes first: what it allows meanwhile is lost, and where one walks already another one gains little.
    (select n.id, n.due_at
    from (
      (select f.id, f.due_at, 1 as place
      from free f
      where claim_sources.most = 1 and claim_sources.concurrent > 1 and f.host not in (select h.host from held h)
      order by f.due_at, f.id
      limit 1)
      union all
      (select f.id, f.due_at, 2 from free f where claim_sources.most = 1 order by f.due_at, f.id limit 1)
    ) n
    order by n.place
    limit 1)
    union all
    -- Several at once: of each host those that are walked already take the first places.
    (select r.id, r.due_at
    from (
      select f.id, f.due_at, f.is_held,
        row_number() over (partition by f.host collate "C" order by f.is_held desc, f.due_at, f.id) as place
      from (
        select f.id, f.host, f.due_at, false as is_held from free f union all select h.*, true from held h
      ) f
      where claim_sources.most > 1
    ) r
    where r.place <= claim_sources.concurrent and not r.is_held
    order by r.due_at, r.id
    limit claim_sources.most)
  ),
  locked as (
    select s.id, s.due_at
    from harvest.sources s
    where s.id in (select c.id from chosen c)
    for update skip locked
  ),
  claimed as (
    update harvest.sources s
    set claimed_by = claim_sources.worker,
        -- Who had it died. It may have been of a page of this source: from the second time on others come first, and if it
        -- happens again it waits a minute, two, four, up to a day.
        losses = s.losses + (s.claimed_by is not null)::integer,
        due_at = case
          when s.claimed_by is not null and s.losses > 0
            then greatest(s.due_at, now() + least(interval '1 minute' * 2 ^ least(s.losses - 1, 11), interval '1 day'))
          else s.due_at
        end
    from locked
    where s.id = locked.id
    returning s.id
  )
  select c.id from claimed c join locked using (id) order by locked.due_at, c.id;
end;
$$;
comment on function harvest.claim_sources(text, text, text, boolean, bigint[], integer, integer) is
  'Claims the sources that are due longest, or one by its name, with at most so many walks of a host; one at a time of a host that nobody walks, if there is any.';
