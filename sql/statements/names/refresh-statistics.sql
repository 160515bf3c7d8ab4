-- Brings the materialised views up to date if a load made them stale.
-- In:  wait boolean (while another process is at it, and then look again: for who does not come back)
-- Out: one row: is_refreshed (false if they were up to date, or another process is at it)
select names.refresh_statistics(:?wait::boolean) as is_refreshed
