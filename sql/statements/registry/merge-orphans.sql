-- Merges what came before its source into the assets, when the file has been read to its end; what has no source is
-- rejected.
-- In:  run bigint; now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, rejected, unlisted (rejects that are counted and not kept), used_before (what
--      the runs that this one goes on with could use); none if the run is not running any more: then nothing is written
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
run as (
  select id, room, flow, scope from ops.runs where id = :?run::bigint and status = 'running' for key share
),
-- Those of the runs that this one goes on with, too: they were over the same file.
waiting as (
  delete from registry.orphans o
  using ops.runs r, run
  where o.run_id = r.id and r.room = run.room and r.flow = run.flow and r.scope = run.scope
  returning o.id, o.position, o.record
),
record as (
  select w.id as orphan_id, w.position, r.*
  from waiting w, jsonb_to_record(w.record) as r (
    key text, source_key text, name text, description text, url text, updated_at timestamptz, hash text, raw jsonb)
),
-- The last one of a key whose source is there wins, as if each had come in its turn.
last_usable as (
  select record.key, max(record.orphan_id) as orphan_id, max(record.updated_at) as updated_at
  from record join registry.sources s on s.provider = 'socrata' and s.source_key = record.source_key
  group by record.key
),
found as (
  select r.key, s.id as source_id, r.name, r.description, r.url, l.updated_at, r.raw, r.hash
  from last_usable l
  join record r using (orphan_id)
  join registry.sources s on s.provider = 'socrata' and s.source_key = r.source_key
),
written as (
  insert into registry.assets as a (asset_key, source_id, name, description, url, updated_at, raw, content_hash)
  select key, source_id, name, description, url, updated_at, raw, decode(hash, 'hex')
  from found
  order by key
  on conflict (asset_key) do update
  set source_id = excluded.source_id, name = excluded.name, description = excluded.description, url = excluded.url,
      updated_at = greatest(a.updated_at, excluded.updated_at), raw = excluded.raw, content_hash = excluded.content_hash
  where (a.source_id, a.name, a.description, a.url, a.updated_at, a.raw)
    is distinct from (excluded.source_id, excluded.name, excluded.description, excluded.url,
      greatest(a.updated_at, excluded.updated_at), excluded.raw)
  returning (a.xmax = 0) as is_added
),
refused as (
  select
    record.orphan_id, record.position, record.key, record.raw::text as record,
    format('There is no source %s, and it is no domain that one could be made from.', record.source_key) as message,
    row_number() over (order by record.orphan_id) as place
  from record
  where not exists (select from registry.sources s where s.provider = 'socrata' and s.source_key = record.source_key)
    and not exists (
      select from record again
      where again.key = record.key and again.source_key = record.source_key and again.orphan_id > record.orphan_id)
),
kept as (
  select r.kept
  from run, clock, ops.keep_rejects(run.id, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'position', position, 'key', key, 'reason', 'no-source', 'message', message, 'record', record) order by orphan_id), '[]')
    from refused
    where place <= ops.most_rejects()), 'warning', clock.now) r
),
outcome as (
  select
    (select count(*) from written where is_added) as added,
    (select count(*) from written where not is_added) as updated,
    (select count(*) from found) - (select count(*) from written) as unchanged,
    (select count(*) from refused) as rejected,
    (select count(*) from refused) - (select kept from kept) as unlisted,
    (select count(*) from record) as records
)
select o.added, o.updated, o.unchanged, o.rejected, o.unlisted, (
  select coalesce(sum(p.added + p.updated + p.unchanged), 0) from ops.chain_of(run.id) p where p.id <> run.id
) as used_before
from run, clock, outcome o, ops.count_run(run.id, jsonb_build_object(
  'seen', o.added + o.updated + o.unchanged + o.rejected, 'added', o.added, 'updated', o.updated, 'unchanged', o.unchanged,
  'rejected', o.rejected, 'skipped', o.records - o.added - o.updated - o.unchanged - o.rejected), clock.now)
