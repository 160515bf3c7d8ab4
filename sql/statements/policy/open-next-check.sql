-- Claims for a worker the page that is due longest, of those whose server is free to be asked.
-- In:  worker text; run bigint (that it works for: none is had for one that is not running any more; null in a dry run); process
--      text (of the worker); source text (UUID; null: any that is due); done jsonb [UUID] (not any more in this
--      run); window integer (milliseconds: how long ago what a page said before is recent); patience integer (milliseconds: a
--      server that is not to be asked for longer is not waited for); waited integer (milliseconds: for so long the worker has
--      found no page)
-- Out: one row: claimed_at, source_id, name, url, country, visa_type, fetch_type, check_frequency, metadata (as JSON), next_check_at, updated_at,
--      etag, last_modified, normaliser_version, failures_in_a_row; version_id, sequence, content_hash, content_length of its latest
--      version; candidate_hash, candidate_reason, confirm_at, sightings of a candidate, candidate_text of one for a first version;
--      recent_hashes (a JSON list of what it said before); if none could be had now, source_id is null, wait is the milliseconds until one may be, null if there
--      will be none, and held counts those of them that another process holds
with clock as (
  -- A claim that a crash of the server forgets leaves its page due: it is not waited for until it is on disk.
  select now() as now, set_config('synchronous_commit', 'off', true)
),
at_work as (
  select
  where :?run::bigint is null or exists (select from ops.runs r where r.id = :?run::bigint and r.status = 'running')
),
free as (
  select s.id, h.host
  from at_work
  cross join policy.sources s
  join policy.hosts h on h.host = s.host
  where (s.id = :?source::uuid or (:?source::uuid is null and s.is_active and s.next_check_at <= now()))
    and s.id not in (select jsonb_array_elements_text(:?done::jsonb)::uuid)
    and (s.claimed_by is null or not ops.is_alive(s.claimed_by))
    and (h.claimed_by is null or not ops.is_alive(h.claimed_by)) and h.next_request_at <= now()
  order by s.next_check_at, s.id
  limit 1
  for update of s, h skip locked
),
turn as (
  update policy.hosts h
  set claimed_by = :?worker
  from free
  where h.host = free.host
),
claimed as (
  update policy.sources s
  set claimed_by = :?worker
  from free
  where s.id = free.id
  returning s.*
),
-- A page that another process holds is waited for until its worker has sent a heartbeat since the wait began: then it is
-- alive, and the page is its own business. If it died its lease ends in time, and the page is to be had here.
missed as (
  select s.id, s.host, w.id is not null as is_held
  from at_work
  cross join policy.sources s
  left join ops.workers w on w.id = s.claimed_by
  where not exists (select from free)
    and (s.id = :?source::uuid or (:?source::uuid is null and s.is_active and s.next_check_at <= now()))
    and s.id not in (select jsonb_array_elements_text(:?done::jsonb)::uuid)
    and (w.id is null or s.id = :?source::uuid or (not starts_with(w.id, :?process || '-')
      and w.heartbeat_at < now() - :?waited::integer * interval '1 millisecond'))
),
-- A held page, or the server of one, is looked at again soon; another server when its time has come.
soonest as (
  select
    min(case
      when m.is_held then clock.now + interval '1 second'
      when ops.is_alive(h.claimed_by) then clock.now
      else h.next_request_at
    end) as at,
    count(*) filter (where m.is_held) as held
  from missed m
  join policy.hosts h on h.host = m.host
  cross join clock
  where h.next_request_at <= now() + :?patience::integer * interval '1 millisecond'
)
select
  clock.now as claimed_at,
  c.id as source_id, c.name, c.url, c.country, c.visa_type, c.fetch_type, c.check_frequency, c.metadata::text as metadata,
  c.next_check_at, c.updated_at, c.etag, c.last_modified, c.normaliser_version, c.failures_in_a_row,
  v.id as version_id, v.sequence, v.content_hash, v.content_length,
  d.content_hash as candidate_hash, d.reason as candidate_reason, d.confirm_at, d.sightings,
  case when v.id is null then d.raw_text end as candidate_text,
  (select jsonb_agg(said.content_hash)::text
   from (
     select o.content_hash, lead(o.fetched_at) over (order by o.sequence) as ended_at
     from policy.policy_versions o
     where o.source_id = c.id
   ) said
   where said.ended_at > clock.now - :?window::bigint * interval '1 millisecond') as recent_hashes,
  case when soonest.at is not null then greatest(200, least(1000, extract(epoch from soonest.at - clock.now) * 1000))::integer end as wait,
  soonest.held
from soonest
cross join clock
left join claimed c on true
left join lateral (
  select * from policy.policy_versions v where v.source_id = c.id order by v.sequence desc limit 1
) v on true
left join policy.candidates d on d.source_id = c.id
