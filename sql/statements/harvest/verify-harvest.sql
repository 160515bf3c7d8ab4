-- Reconciles what the last complete walk of each source saw with what is held, and what is held with itself, and names every
-- difference; that no walk was complete is one.
-- In:  nothing
-- Out: one row per difference: source, difference, key, detail; no row is a good answer
with last_complete as (
  select distinct on (w.source_id) w.source_id, o.name as source, w.run_id
  from harvest.walks w join harvest.sources o on o.id = w.source_id and o.removed_at is null
  where w.is_complete
  order by w.source_id, w.run_id desc
),
-- The complete walk with the runs it resumed.
run as (
  select l.source_id, l.source, l.run_id as complete_run_id, c.* from last_complete l cross join ops.chain_of(l.run_id) c
),
first as (
  select run.source_id, run.source, run.complete_run_id, min(run.id) as id from run group by run.source_id, run.source, run.complete_run_id
),
source as materialized (
  select o.id, o.name, o.kind, o.kind_hash is distinct from k.hash and o.kind_hash is not null as is_to_be_mapped
  from harvest.sources o join harvest.kinds k on k.name = o.kind
  where o.removed_at is null
),
version as (
  select
    v.dataset_id, v.source_id, v.key, v.valid_from, v.valid_to,
    lag(v.valid_to) over (partition by v.dataset_id order by v.valid_from) as valid_before,
    row_number() over (partition by v.dataset_id order by v.valid_from desc) as rank
  from harvest.versions v
),
-- Not all at once: as many as a page holds.
batch as materialized (
  select b.source_id, b.name, b.kind, array_agg(b.key) as keys, array_agg(b.raw) as raws
  from (
    select s.id as source_id, s.name, s.kind, r.key, r.raw, row_number() over (partition by s.id order by r.key) / 500 as place
    from source s
    join harvest.records r on r.source_id = s.id and r.dataset_id is not null
    where not s.is_to_be_mapped
  ) b
  group by b.source_id, b.name, b.kind, b.place
),
mapping as (
  select b.source_id, b.name, m.key, m.problem, m.mapped
  from batch b cross join lateral harvest.mapped(b.kind, b.source_id, b.keys, b.raws) m
),
difference as (
  select 'all' as source, 'nothing to compare with' as difference, null as key,
    'no walk is complete so far; let catchment harvest come to its end, then ask again' as detail
  where not exists (select from last_complete)
  union all
  select f.source, 'held but not seen', d.key, format('%s was not in the walk of run %s, which was complete', d.title, f.complete_run_id)
  from first f
  join harvest.datasets d on d.source_id = f.source_id and d.retired_at is null
  left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  left join harvest.sightings s on s.source_id = d.source_id and s.key = d.key
  -- What was missed is known to be missed, and waits for the next walk, its source, or a person.
  where (s.run_id is null or s.run_id < f.id) and coalesce(r.missed, 0) = 0
    and d.changed_at < (select c.finished_at from ops.runs c where c.id = f.complete_run_id)
  union all
  select f.source, 'seen but not held', s.key, format('run %s saw it, and there is no record of it', s.run_id)
  from first f
  join harvest.sightings s on s.source_id = f.source_id and s.run_id >= f.id and s.content_hash <> ''
  left join harvest.records r on r.source_id = s.source_id and r.key = s.key
  where r.key is null
  union all
  select o.name, 'seen but retired', s.key, format('run %s retired it, run %s saw it', d.retired_run_id, s.run_id)
  from harvest.sightings s
  join harvest.datasets d on d.source_id = s.source_id and d.key = s.key
  join harvest.sources o on o.id = s.source_id
  where d.retired_run_id <= s.run_id
  union all
  select f.source, 'record without a dataset', r.key, 'a complete walk ended, and it was neither settled nor refused'
  from first f
  join harvest.records r on r.source_id = f.source_id and r.dataset_id is null and r.problem is null
  join harvest.sightings s on s.source_id = r.source_id and s.key = r.key and s.run_id between f.id and f.complete_run_id
  -- What was taken apart since gets a dataset by the next walk.
  where not exists (
    select from harvest.renames n
    where n.source_id = r.source_id and n.new_key = r.key and n.undone_run_id > f.complete_run_id)
  union all
  select o.name, 'dataset is not its record', d.key,
    case when r.key is null then 'there is no record of it' else 'their hashes are not the same' end
  from harvest.datasets d
  join harvest.sources o on o.id = d.source_id
  join source s on s.id = d.source_id
  left join harvest.records r on r.source_id = d.source_id and r.key = d.key
  where exists (select from harvest.records a where a.source_id = d.source_id)
    and (r.key is null or r.dataset_id is distinct from d.id or r.content_hash <> d.content_hash)
  union all
  select source.name, 'made by another mapping', null, 'catchment harvest remap maps its records anew'
  from source
  where source.is_to_be_mapped
  union all
  select
    m.name, 'another than a fresh mapping', m.key,
    coalesce(m.problem, array_to_string(fields.changed, ' '))
  from mapping m
  join harvest.datasets d on d.source_id = m.source_id and d.key = m.key
  cross join lateral (select harvest.changed_fields(held.now, m.mapped) as changed from (select harvest.mapping_of(d) as now offset 0) held) fields
  where m.problem is not null or fields.changed <> '{}'
  union all
  select o.name, 'versions with a gap', v.key, format('one ended at %s, the next began at %s', v.valid_before, v.valid_from)
  from version v join harvest.sources o on o.id = v.source_id
  where v.valid_before <> v.valid_from
  union all
  select o.name, 'versions with a gap', d.key, format('the last ended at %s, it is as it is since %s', v.valid_to, d.changed_at)
  from version v
  join harvest.datasets d on d.id = v.dataset_id
  join harvest.sources o on o.id = d.source_id
  where v.rank = 1 and v.valid_to <> d.changed_at
  union all
  select o.name, 'versions of nothing', v.key, format('there is no dataset %s', v.dataset_id)
  from version v
  join harvest.sources o on o.id = v.source_id
  left join harvest.datasets d on d.id = v.dataset_id
  where v.rank = 1 and d.id is null
  union all
  select o.name, 'renamed, but not so', n.new_key, format('it was %s, and the dataset %s has neither this key nor a later one', n.old_key, n.dataset_id)
  from harvest.renames n
  join harvest.sources o on o.id = n.source_id
  left join harvest.datasets d on d.id = n.dataset_id
  where n.undone_at is null and d.key is distinct from n.new_key
    and not exists (select from harvest.renames l where l.dataset_id = n.dataset_id and l.old_key = n.new_key and l.id > n.id)
  union all
  select run.source, 'counts do not add up', run.id::text,
    format('seen %s, but added + updated + unchanged + restored + rejected = %s', seen,
      added + updated + unchanged + restored + rejected)
  from run
  where seen <> added + updated + unchanged + restored + rejected
)
select source, difference, key, detail
from difference
order by source, difference, key
