-- Lists what the ledger measures, for the page that Prometheus reads.
-- In:  nothing
-- Out: one row per series: metric, room, flow, scope, channel, outcome (null each where the metric has no such tag), value
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
lately as materialized ( -- ids rise with the time: what began before is not looked at
  select r.*
  from ops.runs r
  where r.started_at > now() - interval '24 hours'
    and r.id > coalesce((
      select o.id from ops.runs o where o.started_at <= now() - interval '24 hours' order by o.id desc limit 1), 0)
),
pages as materialized (
  select l.room, l.flow, q.status, count(*) as pages, sum(greatest(q.attempts - 1, 0)) as retries
  from lately l
  join ops.requests q on q.run_id = l.id
  group by l.room, l.flow, q.status
)
select
  'catchment.ops.runs' as metric, l.room, l.flow, null::text as scope, null::text as channel, l.status as outcome,
  count(*)::double precision as value
from lately l
group by l.room, l.flow, l.status
union all
select 'catchment.ops.records', l.room, l.flow, null, null, c.outcome, sum(c.records)
from lately l
cross join lateral (values
  ('added', l.added), ('updated', l.updated), ('unchanged', l.unchanged), ('retired', l.retired), ('restored', l.restored),
  ('rejected', l.rejected), ('skipped', l.skipped)) c (outcome, records)
group by l.room, l.flow, c.outcome
union all
select 'catchment.ops.pages', p.room, p.flow, null, null, p.status::text, p.pages from pages p
union all
select 'catchment.ops.retries', p.room, p.flow, null, null, null, sum(p.retries) from pages p group by p.room, p.flow
union all
select 'catchment.ops.success.age', s.room, s.flow, s.scope, null, null, extract(epoch from now() - last.finished_at)
from scopes s
cross join lateral (
  select r.finished_at
  from ops.runs r
  where r.room = s.room and r.flow = s.flow and r.scope = s.scope and r.status = 'succeeded'
  order by r.id desc
  limit 1) last
where not exists (select from scopes m where m.room = s.room and m.flow = s.flow and m.place > 20)
union all
select 'catchment.ops.incidents', i.room, null, null, null, i.cause, count(*)
from ops.incidents i
where i.closed_at is null
group by i.room, i.cause
union all
select 'catchment.ops.messages', m.room, null, null, m.channel, m.status, count(*)
from ops.messages m
where m.status in ('pending', 'sending', 'failed')
group by m.room, m.channel, m.status
union all
select 'catchment.ops.workers', null, null, null, null, null, count(*)
from ops.workers w
where w.heartbeat_at + w.lease > now()
