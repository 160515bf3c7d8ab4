-- Checks that nothing was lost between the last index file and the registry, as far as the database knows.
-- In:  nothing
-- Out: one row per difference: difference, key, detail; no row is a good answer
with run as (
  select r.*
  from (select run_id from registry.files order by seeded_at desc limit 1) f
  cross join ops.chain_of(f.run_id) r
)
select 'asset without a source' as difference, a.asset_key as key, format('source %s', a.source_id) as detail
from registry.assets a
where not exists (select from registry.sources s where s.id = a.source_id)
union all
select 'waits for its source', o.position, format('since run %s, which is %s', o.run_id, r.status)
from registry.orphans o join ops.runs r on r.id = o.run_id
where r.status <> 'running'
union all
select 'counts do not add up', id::text,
  format('seen %s, but added + updated + unchanged + rejected = %s', seen, added + updated + unchanged + rejected)
from run
where seen <> added + updated + unchanged + rejected
union all
select 'records were lost', min(run.id)::text,
  format('the batches held %s records, but seen + skipped = %s', sum(pages.records), sum(run.seen + run.skipped))
from run
cross join lateral (select coalesce(sum(records), 0) as records from ops.requests where run_id = run.id) pages
having sum(pages.records) <> sum(run.seen + run.skipped)
union all
-- A run that goes on with another reads a few batches again, counts what it refuses of them, and keeps no second copy.
select 'rejects are missing', run.id::text, format('%s were rejected, %s are kept', run.rejected, kept.rejects)
from run
cross join lateral (
  select count(*) filter (where e.run_id = run.id) as own, count(*) as rejects
  from ops.rejects e
  where e.run_id in (select id from run) and e.run_id <= run.id
) kept
where kept.own > run.rejected
  or kept.rejects < run.rejected and not exists (
    -- Of a reason that many records have, no more are kept.
    select from ops.rejects e where e.run_id in (select id from run) group by e.reason having count(*) >= ops.most_rejects())
order by difference, key
