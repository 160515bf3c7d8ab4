-- Lists what each policy page says now, by source.
-- In:  nothing
-- Out: one row per page that was read: source_id, name, country, visa_type, url, fetch_type, is_active, sequence, raw_text,
--      content_hash, fetched_at, last_checked_at
select
  p.source_id, p.name, p.country, p.visa_type, p.url, p.fetch_type, p.is_active, p.sequence, p.raw_text, p.content_hash,
  p.fetched_at, p.last_checked_at
from policy.current_policies p
order by p.source_id
