-- Finds whether a replica has the log of the primary up to a position; one that was promoted only if it is that primary.
-- In:  position text, timeline text
-- Out: one row: has
select
  case
    when pg_is_in_recovery() then pg_last_wal_replay_lsn() >= (:?position)::pg_lsn
    else pg_current_wal_flush_lsn() >= (:?position)::pg_lsn and left(pg_walfile_name(pg_current_wal_flush_lsn()), 8) = :?timeline
  end as has
