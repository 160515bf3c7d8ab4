-- Lists how the rooms are doing: the last run of each, and what all its runs of the last day did.
-- In:  nothing
-- Out: one row per room that ever ran: room, run, flow, scope, status, is_stale, started_at, finished_at, error, note (of the
--      last run), runs, failed, changes (added, updated, retired and restored, of the last day)
with recursive rooms as ( -- from one to the next by the index: the ledger may be of millions of runs
  (select r.room from ops.runs r order by r.room limit 1)
  union all
  select n.room
  from rooms
  cross join lateral (select r.room from ops.runs r where r.room > rooms.room order by r.room limit 1) n
),
latest as (
  select r.*
  from rooms
  cross join lateral (select r.* from ops.runs r where r.room = rooms.room order by r.id desc limit 1) r
),
day as (
  select
    r.room, count(*) as runs, count(*) filter (where r.status in ('failed', 'abandoned')) as failed,
    sum(r.added + r.updated + r.retired + r.restored) as changes
  from ops.runs r
  where r.started_at >= now() - interval '1 day'
  group by r.room
)
select
  l.room, l.id as run, l.flow, l.scope, l.status, l.status = 'running' and not ops.is_alive(l.claimed_by) as is_stale,
  l.started_at, l.finished_at, ops.without_secrets(l.error) as error, ops.without_secrets(l.note) as note,
  coalesce(d.runs, 0) as runs, coalesce(d.failed, 0) as failed, coalesce(d.changes, 0) as changes
from latest l
left join day d on d.room = l.room
order by l.room
