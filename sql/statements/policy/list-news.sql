-- Lists the latest changes of pages; what only our rules made is none.
-- In:  source uuid; country text (null each: any)
-- Out: one row per change, a hundred at most, the latest first: id uuid, title, text, path, changed_at
select
  c.change_id as id, format('%s (%s)', c.name, c.country) as title,
  format(E'%s lines were added and %s removed.\n\n%s', c.added, c.removed, left(c.diff, 20000)) as text,
  '/policy/changes/' || c.change_id as path, c.detected_at as changed_at
from policy.latest_changes c
where (:?source::uuid is null or c.source_id = :?source::uuid)
  and (:?country::text is null or c.country = upper(:?country))
order by c.detected_at desc, c.change_id
limit 100
