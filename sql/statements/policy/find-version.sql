-- Finds what a version was made of, to compare with it or to make it anew.
-- In:  version text (UUID)
-- Out: one row: raw_text, body bytea, status, headers (as JSON), url (asked for), final_url (which answered)
select v.raw_text, s.body, f.status, f.headers::text as headers, f.url, f.final_url
from policy.policy_versions v
join policy.snapshots s on s.sha256 = v.snapshot
join lateral (
  select * from policy.fetches f
  where f.source_id = v.source_id and f.snapshot = v.snapshot
  order by f.id
  limit 1
) f on true
where v.id = :?version::uuid
