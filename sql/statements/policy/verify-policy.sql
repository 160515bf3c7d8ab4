-- Verifies that no version, change or snapshot was altered, added or taken away since it was written.
-- In:  nothing
-- Out: one row per difference: difference, source (its name), key (such as version 3), detail
with version as (
  select
    v.id, v.source_id, s.name as source, v.sequence, v.content_hash, v.snapshot, v.previous_hash, v.chain_hash, v.is_technical,
    v.fetched_at, s.last_checked_at,
    v.chain_hash <> policy.chain_hash(v.previous_hash, v.content_hash, v.raw_text, v.sequence, v.fetched_at) as is_altered,
    v.links_hash <> (
      select encode(sha256(convert_to(coalesce(string_agg(link, E'\n' order by position), ''), 'UTF8')), 'hex')
      from jsonb_array_elements_text(v.links) with ordinality as l (link, position)) as has_other_links
  from policy.policy_versions v
  join policy.sources s on s.id = v.source_id
),
pair as (
  select
    v.*, lag(id) over step as old_id, lag(sequence, 1, 0) over step as old_sequence, lag(content_hash) over step as old_hash,
    lag(chain_hash) over step as old_chain_hash
  from version v
  window step as (partition by source_id order by sequence)
),
told as (
  select p.*, c.id as change_id,
    (c.source_id, c.old_version_id, c.old_hash, c.new_hash, c.is_technical)
      is distinct from (p.source_id, p.old_id, p.old_hash, p.content_hash, p.is_technical) as is_told_otherwise
  from pair p
  left join policy.policy_changes c on c.new_version_id = p.id
)
select
  'a version was altered' as difference, source, 'version ' || sequence as key,
  'its chain_hash is not that of its text, hashes, number and moment' as detail
from version
where is_altered
union all
select 'the links of a version were altered', source, 'version ' || sequence, 'their links_hash is another'
from version
where has_other_links
union all
select 'the chain is broken', source, 'version ' || sequence, 'its previous_hash is not the chain_hash of the version before'
from pair
where previous_hash is distinct from old_chain_hash
union all
select 'a version is missing', source, 'version ' || sequence - 1, format('version %s is followed by version %s', old_sequence, sequence)
from pair
where sequence <> old_sequence + 1
union all
select 'a version is newer than the last check', source, 'version ' || sequence,
  format('it was fetched at %s, the last check was at %s', fetched_at at time zone 'UTC', coalesce((last_checked_at at time zone 'UTC')::text, 'no time'))
from version
where fetched_at > coalesce(last_checked_at, '-infinity')
union all
select 'a version that no check brought', source, 'version ' || sequence, 'there is no check that says baseline or changed of its moment'
from version v
where not is_technical
  and not exists (
    select from policy.fetches f
    where f.source_id = v.source_id and f.fetched_at = v.fetched_at and f.outcome in ('baseline', 'changed'))
union all
select 'a version was made of something else', source, 'version ' || sequence, 'its snapshot is gone, or is not the one of its check'
from version v
where not exists (select from policy.snapshots p where p.sha256 = v.snapshot)
  or exists (
    select from policy.fetches f
    where f.source_id = v.source_id and f.fetched_at = v.fetched_at and f.outcome in ('baseline', 'changed')
      and f.snapshot is distinct from v.snapshot)
union all
select 'a check whose version is not there', s.name, 'check ' || f.id,
  format('it says %s, and there is no version of %s', f.outcome, f.fetched_at at time zone 'UTC')
from policy.fetches f
join policy.sources s on s.id = f.source_id
where f.outcome in ('baseline', 'changed')
  and not exists (
    select from policy.policy_versions v
    where v.source_id = f.source_id and v.fetched_at = f.fetched_at and not v.is_technical)
union all
select 'a change is missing', source, 'version ' || sequence, 'its words are not those of the version before, and no change says so'
from told
where old_id is not null and content_hash <> old_hash and change_id is null
union all
select 'a change differs from its versions', source, 'version ' || sequence, 'the change ' || change_id || ' tells of other hashes or versions'
from told
where change_id is not null and is_told_otherwise
union all
select 'a snapshot was altered', 'all', sha256, 'its bytes have another SHA-256'
from policy.snapshots
where encode(sha256(body), 'hex') <> sha256
order by source, difference, key
