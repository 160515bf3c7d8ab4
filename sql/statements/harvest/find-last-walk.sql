-- Finds out how far the walks of a source got, so that the next one may ask only for what changed since.
-- In:  source bigint
-- Out: one row: complete_at (when the last complete walk began; null if there was none, or a run was undone or a removal broken off since: what that had
--      seen is to be seen again), seen_at (when the last walk began that saw all that had changed till then), is_unfinished (whether a
--      walk of everything has begun since and did not come to its end),
--      is_doubted (whether the last walk of everything came to its end and proved nothing: the next one begins anew)
with complete as (
  select w.run_id, w.begun_at
  from harvest.walks w
  join harvest.sources s on s.id = w.source_id
  where
    w.source_id = :?source::bigint and w.is_complete
    and not exists (
      select from ops.runs r
      where r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.id > w.run_id
        and (r.mode = 'undo' and r.status = 'succeeded' or r.mode = 'remove' and r.retired > 0))
  order by w.run_id desc
  limit 1
),
later as (
  select r.id, r.mode, r.status, r.begun_at
  from complete
  join harvest.sources s on s.id = :?source::bigint
  join ops.runs r on r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.id > complete.run_id
)
select
  complete.begun_at as complete_at,
  coalesce((select max(l.begun_at) from later l where l.mode = 'since' and l.status = 'succeeded'), complete.begun_at) as seen_at,
  exists (select from later l where l.mode = 'full') as is_unfinished,
  coalesce((
    select r.status = 'partial'
    from harvest.sources s
    join ops.runs r on r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.mode = 'full'
    where s.id = :?source::bigint
    order by r.id desc
    limit 1), false) as is_doubted
from (select) one
left join complete on true
