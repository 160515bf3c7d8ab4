-- Finds how far the write-ahead log of the primary is on its disk, and its timeline: what was committed is there.
-- In:  nothing
-- Out: one row: position, timeline (another one after each fail-over)
-- Not how far it is written in memory: after a change of segments that is beyond what anybody can replay.
select pg_current_wal_flush_lsn()::text as position, left(pg_walfile_name(pg_current_wal_flush_lsn()), 8) as timeline
