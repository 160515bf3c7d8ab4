-- Deletes what no fetch, version or candidate refers to any more; what was seen within the last day is let be.
-- In:  nothing
-- Out: one row: snapshots, bytes
with gone as (
  delete from policy.snapshots s
  where s.created_at < now() - interval '1 day'
    and not exists (select from policy.fetches f where f.snapshot = s.sha256)
    and not exists (select from policy.policy_versions v where v.snapshot = s.sha256)
    and not exists (select from policy.candidates d where d.snapshot = s.sha256)
  returning s.bytes
)
select count(*) as snapshots, coalesce(sum(bytes), 0) as bytes from gone
