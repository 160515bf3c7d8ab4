-- Finds whether the tables that a file of an export is made of still hold the rows that they did.
-- In:  content text; since text (what was given before; null: nothing was)
-- Out: one row: rows (of all these tables); newer (of them, rows written since; all without since); since (the oldest transaction
--      that may still write); origin (the database, on the timeline of its server)
with versions (xid) as (
  select t.xmin from harvest.sources t where :?content in ('datasets', 'sources', 'dcat-us', 'dcat-ap')
  union all select t.xmin from harvest.datasets t where :?content in ('datasets', 'distributions', 'dcat-us', 'dcat-ap')
  union all select t.xmin from harvest.sightings t where :?content = 'datasets'
  union all select t.xmin from harvest.distributions t where :?content in ('distributions', 'dcat-us', 'dcat-ap')
  union all select t.xmin from harvest.records t where :?content = 'dcat-us'
  union all select t.xmin from names.countries t where :?content = 'names'
  union all select t.xmin from names.name_statistics t where :?content = 'names'
  union all select t.xmin from policy.sources t where :?content = 'policies'
  union all select t.xmin from policy.policy_versions t where :?content = 'policies'
),
present as (
  select
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
    coalesce(:?since::bigint, 0) as since
)
-- A row has the lower 32 bits of the transaction that wrote it: of those before the next one, the last with these bits. If no
-- row is newer and as many are there, none was added, changed or removed.
select
  count(v.xid) as rows,
  count(v.xid) filter (where p.next - ((p.next - v.xid::text::bigint) & 4294967295) >= p.since) as newer,
  p.oldest::text as since,
  format('%s/%s/%s', (select c.system_identifier from pg_control_system() c),
    -- The timeline of the control file is the one before a promotion until the first checkpoint after it.
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int,
    (select d.oid from pg_database d where d.datname = current_database())) as origin
from present p
left join versions v on true
group by p.oldest, p.next, p.since
