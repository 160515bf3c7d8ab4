-- Finds which server this is.
-- In:  nothing
-- Out: one row: system (which it shares with all that are copies of it), is_primary (it takes writes), timeline (another one after each
--      promotion; null of a replica)
select
  (select c.system_identifier::text from pg_control_system() c) as system,
  not pg_is_in_recovery() as is_primary,
  -- Of the control file it would be the one before a promotion, until the first checkpoint after it.
  case when not pg_is_in_recovery() then ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline
