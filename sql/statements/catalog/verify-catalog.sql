-- Reconciles what the last complete crawl of each region saw with what is held, and names every difference;
-- that no crawl was complete is one.
-- In:  nothing
-- Out: one row per difference: region, difference, key, detail; no row is a good answer
with last_complete as (
  select distinct on (scope) id, scope as region, begun_at, finished_at
  from ops.runs
  where room = 'catalog' and flow = 'crawl' and is_complete
  order by scope, id desc
),
-- The complete crawl with the runs it resumed.
run as (
  select r.*, l.region from last_complete l cross join ops.chain_of(l.id) r
),
-- What was seen since its first run was seen, whatever the clock said.
first as (
  select region, min(id) as id from run group by region
),
request as (
  select q.*, run.region, run.cursor_sequence, lag(q.last_key) over (partition by q.run_id order by q.sequence) as previous_key
  from ops.requests q join run on run.id = q.run_id
),
difference as (
  select 'all' as region, 'nothing to compare with' as difference, null as key,
    'no crawl is complete so far; let catchment crawl come to its end, then ask again' as detail
  where not exists (select from last_complete)
  union all
  select d.region, 'held but not seen' as difference, d.id as key,
    format('%s on %s was not in the crawl that began at %s', d.name, d.domain,
      to_char(l.begun_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as detail
  from last_complete l
  join first using (region)
  join catalog.socrata_datasets d on d.region = l.region and d.retired_at is null
  left join catalog.dataset_sightings s on s.region = d.region and s.id = d.id
  where s.run_id is null or s.run_id < first.id
  union all
  select s.region, 'seen but not held', s.id, format('run %s saw it and neither stored nor rejected it', s.run_id)
  from first
  join catalog.dataset_sightings s on s.region = first.region and s.run_id >= first.id
  left join catalog.socrata_datasets d on d.region = s.region and d.id = s.id
  where d.id is null
    -- A run that it goes on with may have rejected it, or it is one of those that are counted only.
    and not exists (
      select from ops.chain_of(s.run_id) c join ops.rejects r on r.run_id = c.id where r.key = s.id)
    and not exists (
      select from ops.chain_of(s.run_id) c join ops.rejects r on r.run_id = c.id
      group by r.reason having count(*) >= ops.most_rejects())
  union all
  select s.region, 'seen but retired', s.id,
    format('retired at %s, seen again at %s', to_char(d.retired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      to_char(s.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  from catalog.dataset_sightings s
  join catalog.socrata_datasets d on d.region = s.region and d.id = s.id
  where d.retired_run_id <= s.run_id
  union all
  select run.region, 'counts do not add up', run.id::text,
    format('seen %s, but added + updated + unchanged + restored + rejected = %s', seen,
      added + updated + unchanged + restored + rejected)
  from run
  where seen <> added + updated + unchanged + restored + rejected
  union all
  select run.region, 'records were lost', run.id::text,
    format('the pages held %s records, but seen + skipped = %s', pages.records, run.seen + run.skipped)
  from run
  cross join lateral (select coalesce(sum(records), 0) as records from ops.requests where run_id = run.id) pages
  where pages.records <> run.seen + run.skipped
  union all
  select run.region, 'rejects are missing', run.id::text,
    format('%s were rejected, %s are kept', run.rejected, kept.rejects)
  from run
  cross join lateral (select count(*) as rejects from ops.rejects where run_id = run.id) kept
  -- What those that it goes on with rejected beyond their cursor came again, and is not kept twice.
  cross join lateral (
    select count(*) as rejects
    from ops.chain_of(run.id) c join ops.rejects e on e.run_id = c.id
    where c.id <> run.id and substring(e.position from '^page (\d+),')::integer > c.cursor_sequence
  ) before
  where kept.rejects > run.rejected or kept.rejects + before.rejects < run.rejected and not exists (
    select from run other join ops.rejects e on e.run_id = other.id
    where other.region = run.region
    group by e.reason having count(*) >= ops.most_rejects())
  union all
  select region, 'a page is missing', run_id::text, format('before request %s', min(sequence))
  from (
    select region, run_id, sequence, cursor_sequence, row_number() over (partition by run_id order by sequence) as rank
    from request
  ) numbered
  -- Beyond the cursor a run that failed may have gaps: the next one went on from there.
  where sequence <> rank and sequence <= cursor_sequence
  group by region, run_id
  union all
  select region, 'pages overlap', run_id::text,
    format('request %s begins at %s, the one before ended at %s', sequence, first_key, previous_key)
  from request
  where first_key <= previous_key
  union all
  -- The oldest states may have been forgotten; from the first one that is kept on, each begins when the one before it ended.
  select v.region, 'history has a gap', v.dataset_id,
    format('a state ended at %s, the next one that is known begins at %s',
      to_char(v.valid_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      to_char(v.next_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
  from (
    select v.region, v.dataset_id, v.valid_to, coalesce(
      lead(v.valid_from) over (partition by v.region, v.dataset_id order by v.valid_from), d.changed_at) as next_from
    from catalog.versions v
    left join catalog.socrata_datasets d on d.region = v.region and d.id = v.dataset_id
  ) v
  where v.next_from is distinct from v.valid_to
  union all
  select d.region, 'domain without a row', d.domain, 'a dataset names it, catalog.socrata_domains does not'
  from (select distinct region, domain from catalog.socrata_datasets) d
  where not exists (select from catalog.socrata_domains o where o.domain = d.domain)
  union all
  select d.region, 'agency without a row', d.domain, format('%s is named by a dataset, not by catalog.socrata_agencies', d.agency)
  from (select distinct region, domain, agency from catalog.socrata_datasets where agency is not null) d
  where not exists (select from catalog.socrata_agencies a where a.host = d.domain and a.name = d.agency)
)
select region, difference, key, detail
from difference
order by region, difference, key
