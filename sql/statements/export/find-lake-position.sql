-- Finds where an export to a lake stands in the writes of the database.
-- In:  nothing
-- Out: one row: position (the oldest transaction that may still write: the next export takes what it and later ones wrote);
--      origin (the database, since it was restored, on the timeline of its server)
select
  pg_snapshot_xmin(pg_current_snapshot())::text::bigint as position,
  format('%s/%s/%s/%s', (select c.system_identifier from pg_control_system() c),
    -- The timeline of the control file is the one before a promotion until the first checkpoint after it.
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int,
    (select d.oid from pg_database d where d.datname = current_database()),
    -- Of a schema that was restored over the one before it.
    'ops'::regnamespace::oid) as origin
