-- Makes a text that was made anew by other rules from what was kept the latest version, marked technical: nobody is told.
-- In:  made jsonb (one object of the fields named below, without content if the text is the same)
-- Out: one row: version (UUID; null if the text is the same), sequence, content_hash, content_length; none if the page is
--      being checked by another worker, or has another version meanwhile, or the run is not running any more
with made as (
  select * from jsonb_to_record(:?made::jsonb) as f (
    source uuid, worker text, run bigint, old_version uuid, content text, content_hash text, links jsonb, links_hash text,
    normaliser text, diff text)
),
source as (
  select s.id
  from policy.sources s
  join made m on s.id = m.source and (s.claimed_by is null or s.claimed_by = m.worker or not ops.is_alive(s.claimed_by))
  join ops.runs r on r.id = m.run and r.status = 'running'
  for update of s for key share of r
),
latest as (
  select v.*
  from source s
  join policy.policy_versions v on v.source_id = s.id
  where v.sequence = (select max(o.sequence) from policy.policy_versions o where o.source_id = s.id)
),
version as (
  insert into policy.policy_versions (
    source_id, sequence, content_hash, raw_text, links, links_hash, snapshot, normaliser_version, is_technical, previous_hash,
    chain_hash, fetched_at, normalized_at, content_length, fetch_duration)
  select
    l.source_id, l.sequence + 1, m.content_hash, m.content, m.links, m.links_hash, l.snapshot, m.normaliser, true, l.chain_hash,
    policy.chain_hash(l.chain_hash, m.content_hash, m.content, l.sequence + 1, l.fetched_at),
    l.fetched_at, clock_timestamp(), length(m.content), l.fetch_duration
  from latest l
  join made m on m.old_version = l.id
  where m.content is not null
  returning id, source_id, sequence, content_hash, content_length
),
change as (
  insert into policy.policy_changes (
    source_id, old_hash, new_hash, diff, old_version_id, new_version_id, diff_length, is_technical, run_id)
  select v.source_id, l.content_hash, v.content_hash, m.diff, l.id, v.id, length(m.diff), true, m.run
  from version v, latest l, made m
),
-- It was found by the old rules.
dropped as (
  delete from policy.candidates d using latest l, made m where d.source_id = l.source_id and m.old_version = l.id
),
settled as (
  update policy.sources s
  set normaliser_version = m.normaliser
  from latest l
  join made m on m.old_version = l.id
  where s.id = l.source_id
),
counted as (
  select ops.count_run(r.id, jsonb_build_object(
    'seen', 1, 'updated', (m.content is not null)::integer, 'unchanged', (m.content is null)::integer))
  from latest l
  join made m on m.old_version = l.id
  join ops.runs r on r.id = m.run and r.status = 'running' and r.flow = 'renormalise'
)
select v.id as version, coalesce(v.sequence, l.sequence) as sequence, coalesce(v.content_hash, l.content_hash) as content_hash,
  coalesce(v.content_length, l.content_length) as content_length
from latest l
join made m on m.old_version = l.id
cross join (select count(*) from counted) all_counted
left join version v on true
