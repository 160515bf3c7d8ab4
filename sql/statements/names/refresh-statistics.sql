-- Brings the materialised views up to date if a load made them stale.
-- In:  nothing
-- Out: one row: is_refreshed (false if they were up to date, or another process is at it)
select names.refresh_statistics() as is_refreshed
