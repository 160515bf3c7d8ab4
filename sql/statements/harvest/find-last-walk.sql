-- Finds out how far the walks of a source got, so that the next one may ask only for what changed since, or go on.
-- In:  source bigint; kind, url text; options, declaration jsonb (of its kind): what would be walked now
-- Out: one row: complete_at (when the last complete walk began; null if there was none, if what is asked for was another then, or a run was undone or a
--      removal broken off since: what that had seen is to be seen again), seen_at (when the last walk began that saw all that had changed till then), is_unfinished (whether a
--      walk of everything has begun since and did not come to its end),
--      is_doubted (whether the last walk of everything came to its end and proved nothing, or what it asked for was another, such as
--      a URL before this one: the next one begins anew)
with same as (
  select s.id, s.name
  from harvest.sources s
  where s.id = :?source::bigint
    and s.walked_as = harvest.walked_as(:?kind, :?url, :?options::jsonb, :?declaration::jsonb)
),
complete as (
  select w.run_id, w.begun_at
  from same s
  join harvest.walks w on w.source_id = s.id
  where
    w.is_complete
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
  cross join same s
  join ops.runs r on r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.id > complete.run_id
)
select
  complete.begun_at as complete_at,
  coalesce((select max(l.begun_at) from later l where l.mode = 'since' and l.status = 'succeeded'), complete.begun_at) as seen_at,
  exists (select from later l where l.mode = 'full') as is_unfinished,
  not exists (select from same) or coalesce((
    select r.status = 'partial'
    from same s
    join ops.runs r on r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.mode = 'full'
    order by r.id desc
    limit 1), false) as is_doubted
from (select) one
left join complete on true
