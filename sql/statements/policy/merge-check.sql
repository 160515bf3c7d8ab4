-- Writes what came of a check, all of it or nothing: the fetch, what came, the version, its change and its alerts, what
-- operators are to be told, and when the page is checked next.
-- In:  found jsonb (one object of the fields named below); body bytea (what came; null if nothing did)
-- Out: one row: version (UUID), sequence, change (UUID), alerts (how many), failures_in_a_row, is_told (operators are to be
--      told now); none if the page was claimed by another worker, or got another address, meanwhile, or the run is not running any more
with found as (
  -- The body is named here alone: it is sent once for each place a parameter stands at.
  select f.*, came.body, length(came.body) as bytes
  from (select :?body::bytea as body) came, jsonb_to_record(:?found::jsonb) as f (
    source uuid, worker text, updated_at timestamptz, run bigint, fetched_at timestamptz, next_check_at timestamptz,
    url text, final_url text, redirects jsonb, status integer, headers jsonb, milliseconds integer, moved_to text,
    outcome text, cause text, message text, snapshot text, etag text, last_modified text, alarm_after integer,
    content text, content_hash text, links jsonb, links_hash text, normaliser text, old_version uuid, diff text,
    reason text, confirm_at timestamptz)
),
source as (
  select s.*
  from policy.sources s
  join found f on s.id = f.source and s.claimed_by = f.worker and s.url = f.url
  join ops.runs r on r.id = f.run and r.status = 'running'
  for update of s for key share of r
),
-- Whether what came is an operator's to look at, and whether what waited was: they are told when that begins and ends.
strange as (
  select
    coalesce(f.reason in ('foreign', 'language'), false) as is_now,
    coalesce(c.reason in ('foreign', 'language'), false) as was
  from source s
  cross join found f
  left join policy.candidates c on c.source_id = s.id
),
latest as (
  select v.id, v.sequence, v.content_hash, v.chain_hash
  from source s
  join policy.policy_versions v on v.source_id = s.id
  order by v.sequence desc
  limit 1
),
-- One that is held already is held on to: what clears old ones away passes it by.
snapshot as (
  insert into policy.snapshots (sha256, bytes, body)
  select f.snapshot, f.bytes, f.body
  from found f, source
  where f.snapshot is not null
  on conflict (sha256) do update set created_at = now()
),
version as (
  insert into policy.policy_versions (
    source_id, sequence, content_hash, raw_text, links, links_hash, snapshot, normaliser_version, previous_hash, chain_hash,
    fetched_at, normalized_at, content_length, fetch_duration)
  select
    s.id, n.sequence, f.content_hash, f.content, f.links, f.links_hash, f.snapshot, f.normaliser, l.chain_hash,
    policy.chain_hash(l.chain_hash, f.content_hash, f.content, n.sequence, f.fetched_at),
    f.fetched_at, clock_timestamp(), length(f.content), f.milliseconds
  from source s
  cross join found f
  left join latest l on true
  cross join lateral (select coalesce(l.sequence, 0) + 1 as sequence) n
  where f.outcome in ('baseline', 'changed') and l.id is not distinct from f.old_version
  returning id, source_id, sequence, content_hash
),
change as (
  insert into policy.policy_changes (
    source_id, old_hash, new_hash, diff, detected_at, old_version_id, new_version_id, diff_length, run_id)
  select v.source_id, l.content_hash, v.content_hash, f.diff, f.fetched_at, l.id, v.id, length(f.diff), f.run
  from version v, latest l, found f
  returning id
),
alert as (
  insert into policy.email_alerts (change_id, subscription_id)
  select c.id, m.subscription_id
  from change c, source s, policy.matching_subscriptions(s.country, s.metadata ->> 'origin', s.visa_type) m
  returning id
),
-- A fetch that failed says nothing of what the page says.
dropped as (
  delete from policy.candidates d
  using source s, found f
  where d.source_id = s.id and f.outcome in ('baseline', 'unchanged', 'not_modified', 'changed')
),
candidate as (
  insert into policy.candidates (source_id, content_hash, snapshot, reason, seen_at, confirm_at, raw_text)
  select s.id, f.content_hash, f.snapshot, f.reason, f.fetched_at, f.confirm_at, f.content
  from source s, found f
  where f.outcome in ('candidate', 'held')
  on conflict (source_id) do update
  set content_hash = excluded.content_hash, snapshot = excluded.snapshot, reason = excluded.reason,
      seen_at = excluded.seen_at, raw_text = excluded.raw_text,
      -- It may have been accepted while it was fetched.
      confirm_at = case
        when policy.candidates.content_hash = excluded.content_hash and policy.candidates.confirm_at < excluded.confirm_at
        then excluded.seen_at else excluded.confirm_at end,
      -- The same text again before it may count makes a page no less steady, nor does one that took its place for a while.
      sightings = case
        when (select was and not is_now from strange) then 1
        else policy.candidates.sightings + (policy.candidates.content_hash <> excluded.content_hash)::integer end
),
logged as (
  insert into policy.fetches (
    source_id, run_id, fetched_at, url, final_url, redirects, status, headers, snapshot, bytes, milliseconds, outcome, cause,
    message, links_hash)
  select
    s.id, f.run, f.fetched_at, f.url, coalesce(f.final_url, f.url), coalesce(f.redirects, '[]'), f.status,
    coalesce(f.headers, '{}'), f.snapshot, f.bytes, coalesce(f.milliseconds, 0), f.outcome, f.cause, f.message, f.links_hash
  from source s, found f
),
checked as (
  update policy.sources s
  set last_checked_at = f.fetched_at,
      last_change_detected_at = case when f.outcome = 'changed' then f.fetched_at else s.last_change_detected_at end,
      -- What was imported meanwhile may have made it due at once.
      next_check_at = case
        when s.updated_at = f.updated_at then f.next_check_at else least(s.next_check_at, f.next_check_at) end,
      claimed_by = null,
      -- Of the latest version; after anything else the page is asked for whole.
      etag = case
        when s.updated_at = f.updated_at and f.outcome in ('baseline', 'unchanged', 'changed') then f.etag
        when f.outcome = 'not_modified' then s.etag end,
      last_modified = case
        when s.updated_at = f.updated_at and f.outcome in ('baseline', 'unchanged', 'changed') then f.last_modified
        when f.outcome = 'not_modified' then s.last_modified end,
      normaliser_version = case
        when f.outcome in ('baseline', 'unchanged', 'changed') then f.normaliser else s.normaliser_version end,
      moved_to = case when f.status is null then s.moved_to else f.moved_to end,
      failures_in_a_row = case when f.outcome = 'failed' then s.failures_in_a_row + 1 else 0 end,
      last_error_code = case when f.outcome = 'failed' then f.cause end,
      last_error = case when f.outcome = 'failed' then f.message end,
      is_failure_told = f.outcome = 'failed' and (s.is_failure_told or s.failures_in_a_row + 1 >= f.alarm_after)
  from source b, found f
  where s.id = b.id
  returning s.id, s.failures_in_a_row, s.last_error_code, s.last_error, s.is_failure_told, b.is_failure_told as was_told
),
notice as (
  insert into policy.notices (source_id, kind, cause, detail)
  select c.id, told.kind, told.cause, told.detail
  from checked c
  cross join found f
  cross join strange t
  cross join lateral (
    select 'failing' as kind, c.last_error_code as cause, c.last_error as detail
    where c.is_failure_told and not c.was_told
    union all
    select 'held', f.reason, f.message
    where t.is_now and not t.was
    union all
    select 'recovered', null, null
    where f.outcome <> 'failed' and not t.is_now and (c.was_told or t.was)
  ) told
),
turn as (
  update policy.hosts h
  set claimed_by = null
  from found f, source
  where h.claimed_by = f.worker
),
counted as (
  select ops.count_run(r.id, jsonb_build_object(
    'seen', 1,
    'added', (f.outcome = 'baseline')::integer,
    'updated', (f.outcome = 'changed')::integer,
    'unchanged', (f.outcome in ('unchanged', 'not_modified'))::integer,
    'skipped', (f.outcome in ('candidate', 'held'))::integer,
    'rejected', (f.outcome = 'failed')::integer,
    'bytes', f.bytes))
  from found f, source, ops.runs r, (select count(*) from checked) first_of_all
  where r.id = f.run
)
select
  v.id as version, v.sequence, c.id as change, (select count(*) from alert) as alerts, k.failures_in_a_row,
  k.is_failure_told and not k.was_told as is_told
from checked k
cross join (select count(*) from counted) all_counted
left join version v on true
left join change c on true
