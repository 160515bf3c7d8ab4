-- Commits one batch of an index file: sources, those its assets imply, assets, rejects, its row in the ledger and the
-- cursor, all or nothing.
-- In:  run bigint; records bytea: JSON in UTF-8 [{index (its number in the file), kind source|asset, position, key,
--      source_key, is_implied (its source may be made from its key), name, description, url, updated_at, hash, raw_from,
--      raw_length}], sources one per key, assets of one key more than once if their source may not be there;
--      raws bytea: the records themselves, each from its raw_from (counted from 1), raw_length bytes long;
--      rejects jsonb [{position, key, reason, message, record}]; request jsonb {sequence, requested_at, url, status,
--      attempts, milliseconds, bytes, first_key, last_key, cursor_key, records}; unchanged, skipped bigint (found before);
--      again integer (how often it was tried before);
--      now timestamptz (null: the clock)
-- Out: one row: added, updated, unchanged, orphans (they wait for their source and are not counted yet), unlisted (rejects
--      that are counted and not kept); none if the run is not running any more: then nothing is written
with clock as (
  select coalesce(:?now::timestamptz, now()) as now
),
run as (
  select id, room, flow, scope from ops.runs where id = :?run::bigint and status = 'running' for key share
),
given as (
  select :?rejects::jsonb as rejects, :?request::jsonb as request
),
record as (
  select r.*, convert_from(substring(:?raws::bytea from r.raw_from for r.raw_length), 'UTF8')::jsonb as raw
  from run, jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (
    index bigint, kind text, position text, key text, source_key text, is_implied boolean, name text, description text,
    url text, updated_at timestamptz, hash text, raw_from integer, raw_length integer)
),
wanted as (
  select source_key, bool_or(is_implied) as is_implied from record where kind = 'asset' group by source_key
),
known as (
  select s.id, s.source_key
  from registry.sources s
  where s.provider = 'socrata' and s.source_key in (select source_key from wanted)
),
wanted_source as (
  select key, name, url, raw, decode(hash, 'hex') as hash
  from record
  where kind = 'source'
  union all
  select w.source_key, null, 'https://' || w.source_key, '{}', null
  from wanted w
  where w.is_implied
    and not exists (select from known where known.source_key = w.source_key)
    and not exists (select from record where kind = 'source' and record.key = w.source_key)
),
-- Given and implied ones in one go, or two writers could wait for each other. One without a hash is implied: if another
-- writer makes the same just now, the update waits for it, changes nothing and gives its id.
made_source as (
  insert into registry.sources as s (provider, source_key, name, url, raw, content_hash, created_at, updated_at)
  select 'socrata', w.key, w.name, w.url, w.raw, w.hash, clock.now, clock.now
  from wanted_source w, clock
  order by w.key
  on conflict (provider, source_key) do update
  set name = case when excluded.content_hash is null then s.name else excluded.name end,
      url = case when excluded.content_hash is null then s.url else excluded.url end,
      raw = case when excluded.content_hash is null then s.raw else excluded.raw end,
      content_hash = coalesce(excluded.content_hash, s.content_hash),
      updated_at = case when excluded.content_hash is null then s.updated_at else excluded.updated_at end
  where excluded.content_hash is null
    or (s.name, s.url, s.raw) is distinct from (excluded.name, excluded.url, excluded.raw)
  returning s.id, s.source_key, (s.xmax = 0) as is_added
),
source as (
  select id, source_key from known
  union
  select id, source_key from made_source
),
-- Of a key that comes more than once the last one whose source is there is the one that counts.
last_usable as (
  select r.key, max(r.index) as index, max(r.updated_at) as updated_at
  from record r join source using (source_key)
  where r.kind = 'asset'
  group by r.key
),
written as (
  insert into registry.assets as a (asset_key, source_id, name, description, url, updated_at, raw, content_hash)
  select r.key, source.id, r.name, r.description, r.url, l.updated_at, r.raw, decode(r.hash, 'hex')
  from last_usable l
  join record r using (index)
  join source using (source_key)
  -- An update that changes nothing would lock the row all the same. Offset 0 keeps it a look into the index per key.
  left join lateral (select a.* from registry.assets a where a.asset_key = r.key offset 0) held on true
  where held.id is null or (held.source_id, held.name, held.description, held.url, held.updated_at, held.raw)
    is distinct from (source.id, r.name, r.description, r.url, greatest(held.updated_at, l.updated_at), r.raw)
  order by r.key
  on conflict (asset_key) do update
  set source_id = excluded.source_id, name = excluded.name, description = excluded.description, url = excluded.url,
      updated_at = greatest(a.updated_at, excluded.updated_at), raw = excluded.raw, content_hash = excluded.content_hash
  where (a.source_id, a.name, a.description, a.url, a.updated_at, a.raw)
    is distinct from (excluded.source_id, excluded.name, excluded.description, excluded.url,
      greatest(a.updated_at, excluded.updated_at), excluded.raw)
  returning (a.xmax = 0) as is_added
),
-- Its source is not there and cannot be made from its key; it may come later in the file.
orphan as (
  insert into registry.orphans (run_id, position, record)
  select run.id, r.position, to_jsonb(r)
  from run, record r
  where r.kind = 'asset' and not exists (select from source where source.source_key = r.source_key)
    and not exists (select from last_usable l where l.key = r.key and l.index > r.index)
  order by r.index
  returning 1
),
-- A later one that can be used takes the place of one that waits for its source still.
superseded as (
  delete from registry.orphans o
  using run, ops.runs p, last_usable l
  where p.room = run.room and p.flow = run.flow and p.scope = run.scope and o.run_id = p.id
    and o.record ->> 'key' = l.key
  returning 1
),
rejected as (
  select r.unlisted from run, clock, given, ops.keep_rejects(run.id, given.rejects, 'warning', clock.now) r
),
outcome as (
  select
    given.added + made.added as added,
    given.updated + made.updated as updated,
    :?unchanged::bigint + total.sources + total.usable - given.added - made.added - given.updated - made.updated
      as unchanged,
    total.orphans,
    total.records - total.sources - total.usable - total.orphans + total.superseded as superseded,
    total.rejects,
    total.unlisted
  from (
    select count(*) filter (where m.is_added) as added, count(*) filter (where not m.is_added) as updated
    from made_source m join record r on r.kind = 'source' and r.key = m.source_key
  ) given
  cross join (
    select count(*) filter (where is_added) as added, count(*) filter (where not is_added) as updated from written
  ) made
  cross join (
    select
      (select count(*) from record) as records, (select count(*) from record where kind = 'source') as sources,
      (select count(*) from last_usable) as usable, (select count(*) from orphan) as orphans,
      (select count(*) from superseded) as superseded,
      (select jsonb_array_length(rejects) from given) as rejects,
      (select unlisted from rejected) as unlisted
  ) total
),
requested as (
  select ops.keep_request(run.id, given.request, :?again::integer) from run, given, outcome
),
counted as (
  select ops.count_run(run.id, jsonb_build_object(
    'seen', o.added + o.updated + o.unchanged + o.rejects, 'added', o.added, 'updated', o.updated,
    'unchanged', o.unchanged, 'rejected', o.rejects, 'skipped', :?skipped::bigint + o.superseded,
    'bytes', (given.request -> 'bytes')::bigint), clock.now)
  from run, clock, given, outcome o, (select count(*) as rows from requested) page
  where page.rows = 1
)
select outcome.added, outcome.updated, outcome.unchanged, outcome.orphans, outcome.unlisted
from outcome, counted
