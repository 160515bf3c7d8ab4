-- Lists how each flow stands: by scope, or in one row if it has more than 20.
-- In:  nothing
-- Out: one row per flow and scope: room, flow, scope (null: of more than 20 the last one that ran), run, status (of the last run; lost
--      if it runs by the ledger and its worker is gone), started_at, finished_at, succeeded_at (the last success), incidents (open)
with recursive flows as ( -- from one to the next by the index: the ledger may be of millions of runs
  (select r.room, r.flow from ops.runs r order by r.room, r.flow limit 1)
  union all
  select n.room, n.flow
  from flows f
  cross join lateral (
    select r.room, r.flow from ops.runs r where (r.room, r.flow) > (f.room, f.flow) order by r.room, r.flow limit 1) n
),
scopes as (
  (
    select f.room, f.flow, first.scope, 1 as place
    from flows f
    cross join lateral (
      select r.scope from ops.runs r where r.room = f.room and r.flow = f.flow order by r.scope limit 1) first
  )
  union all
  select s.room, s.flow, n.scope, s.place + 1
  from scopes s
  cross join lateral (
    select r.scope from ops.runs r where r.room = s.room and r.flow = s.flow and r.scope > s.scope order by r.scope limit 1) n
  where s.place <= 20
),
listed as (
  select s.room, s.flow, case when max(s.place) over (partition by s.room, s.flow) <= 20 then s.scope end as scope
  from scopes s
)
select
  l.room, l.flow, l.scope, last.id as run,
  case when last.status = 'running' and not ops.is_alive(last.claimed_by) then 'lost' else last.status end as status,
  last.started_at, last.finished_at, done.finished_at as succeeded_at,
  (
    select count(*) from ops.incidents i
    where i.closed_at is null and i.room = l.room and i.flow = l.flow and (l.scope is null or i.scope = l.scope)
  ) as incidents
from (select distinct room, flow, scope from listed) l
cross join lateral (
  select r.* from ops.runs r
  where r.room = l.room and r.flow = l.flow and (l.scope is null or r.scope = l.scope)
  order by r.id desc
  limit 1) last
left join lateral (
  select r.finished_at from ops.runs r
  where r.room = l.room and r.flow = l.flow and (l.scope is null or r.scope = l.scope) and r.status = 'succeeded'
  order by r.id desc
  limit 1) done on true
order by l.room, l.flow, l.scope
