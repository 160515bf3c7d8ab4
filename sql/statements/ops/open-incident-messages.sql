-- Makes one message for each address and one for the webhook of all that operators were not told yet: what began and what is over.
-- In:  domain text (of our address); mail text[] (addresses; null: none); webhook text (scheme and host; null: none); collect
--      bigint (milliseconds for which the oldest waits for others); pause bigint (milliseconds after the last message);
--      most integer (incidents that are named)
-- Out: one row per message: id, channel
with untold as (
  select i.id, i.closed_at is not null as is_over, coalesce(i.closed_at, i.opened_at) as moment
  from ops.incidents i
  where (:?mail::text[] is not null or :?webhook::text is not null)
    and (i.told_at is null and i.closed_at is null
      or i.told_at is not null and i.closed_at is not null and i.recovery_told_at is null)
),
-- What comes while the first one waits, or soon after a message, comes with it.
ripe as (
  select from untold
  where not exists (
    select from ops.messages m
    where m.room = 'ops' and m.kind = 'incidents' and m.created_at > now() - :?pause::bigint * interval '1 millisecond')
  having min(moment) <= now() - :?collect::bigint * interval '1 millisecond'
),
told as (
  select i.*
  from ops.incidents i
  where exists (select from ripe) and i.id in (select untold.id from untold)
    -- Looked at again when another process has told it meanwhile.
    and (i.told_at is null and i.closed_at is null
      or i.told_at is not null and i.closed_at is not null and i.recovery_told_at is null)
  for update of i
),
noted as (
  update ops.incidents i
  set told_at = coalesce(i.told_at, now()), recovery_told_at = case when i.closed_at is not null then now() end
  from told
  where i.id = told.id
),
-- A scope has recovered when nothing of it is open, and once, however much it had; what a person closed needs no telling.
news as (
  select t.id, t.room, t.flow, t.scope, t.cause, t.since, t.detail, t.run_id, t.closed_at, t.closed_at is not null as is_over
  from told t
  where t.closed_at is null
    or not t.is_dismissed
      and not exists (
        select from ops.incidents o
        where o.room = t.room and o.flow = t.flow and o.scope = t.scope and o.closed_at is null)
      and not exists (
        select from told o
        where o.room = t.room and o.flow = t.flow and o.scope = t.scope and o.closed_at is not null and not o.is_dismissed
          and o.id > t.id)
),
listed as (
  select n.*, row_number() over (partition by n.is_over order by n.room, n.cause, n.scope) as place,
    jsonb_build_object(
      'incident', n.id, 'room', n.room, 'flow', n.flow, 'scope', n.scope, 'cause', n.cause, 'since', n.since,
      'detail', left(n.detail, 500), 'run', n.run_id, 'closed_at', n.closed_at) as row
  from news n
),
groups as (
  select coalesce(jsonb_agg(jsonb_build_object('room', g.room, 'cause', g.cause, 'incidents', g.incidents)
    order by g.incidents desc, g.room, g.cause), '[]') as list
  from (select n.room, n.cause, count(*) as incidents from news n where not n.is_over group by n.room, n.cause) g
),
content as (
  select jsonb_build_object(
    'opened', coalesce(jsonb_agg(l.row order by l.place) filter (where not l.is_over and l.place <= :?most::integer), '[]'),
    'opened_count', count(*) filter (where not l.is_over),
    'recovered', coalesce(jsonb_agg(l.row order by l.place) filter (where l.is_over and l.place <= :?most::integer), '[]'),
    'recovered_count', count(*) filter (where l.is_over),
    'groups', (select groups.list from groups)) as content
  from listed l
  having count(*) > 0
)
insert into ops.messages (room, kind, channel, recipient, message_id, content)
select 'ops', 'incidents', c.channel, c.recipient, gen_random_uuid() || '@' || :?domain, content.content
from content
cross join (
  select 'mail', unnest(:?mail::text[])
  union all
  select 'webhook', :?webhook::text where :?webhook::text is not null
) c (channel, recipient)
returning id, channel
