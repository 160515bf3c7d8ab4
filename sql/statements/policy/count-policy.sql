-- Counts what the room holds.
-- In:  nothing
-- Out: one row: sources, versions, sources_with_versions, changes, snapshots, bytes (of the snapshots), held (sources of which
--      a text has to stay, or be accepted, before it counts)
select
  (select count(*) from policy.sources) as sources,
  v.versions,
  v.sources_with_versions,
  (select count(*) from policy.policy_changes) as changes,
  s.snapshots,
  s.bytes,
  (select count(*) from policy.source_health where state = 'held') as held
from (select count(*) as versions, count(distinct source_id) as sources_with_versions from policy.policy_versions) v,
  (select count(*) as snapshots, coalesce(sum(bytes), 0) as bytes from policy.snapshots) s
