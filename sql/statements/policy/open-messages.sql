-- Makes messages of what waits to be told: one per subscriber of what the runs that are over found, one question per new
-- subscription, one to the operators.
-- In:  domain text (of our address); operators text (their addresses, commas between; null: nobody is told, and notices wait)
-- Out: one row per message: id, kind, recipient
with ended as (
  update policy.email_alerts a
  set status = 'cancelled'
  from policy.route_subscriptions s
  where a.status = 'pending' and s.id = a.subscription_id and not s.is_active
    and not exists (
      select from policy.messages m
      where m.id = a.message_id and m.status = 'sending' and ops.is_alive(m.claimed_by))
  returning a.id
),
emptied as (
  update policy.messages m
  set status = 'cancelled', claimed_by = null
  where (m.status = 'pending' or m.status = 'sending' and not ops.is_alive(m.claimed_by)) and case m.kind
    when 'alerts' then not exists (
      select from policy.email_alerts a
      where a.message_id = m.id and a.status = 'pending' and a.id not in (select ended.id from ended))
    when 'confirmation' then not exists (
      select from policy.route_subscriptions s
      where s.id = m.subscription_id and s.confirmed_at is null and s.ended_at is null)
    else not exists (select from policy.notices n where n.message_id = m.id)
  end
),
waiting_alerts as (
  select a.id, lower(s.email) as recipient
  from policy.email_alerts a
  join policy.route_subscriptions s on s.id = a.subscription_id and s.is_active
  join policy.policy_changes c on c.id = a.change_id
  left join ops.runs r on r.id = c.run_id
  where a.status = 'pending' and a.message_id is null
    and (r.id is null or r.status <> 'running' or not ops.is_alive(r.claimed_by))
  order by a.id
  for update of a
),
digests as (
  select w.recipient, array_agg(w.id) as alerts, gen_random_uuid() as id from waiting_alerts w group by w.recipient
),
questions as (
  update policy.route_subscriptions s
  set asked_at = now()
  where s.asked_at is null and s.confirmed_at is null and s.ended_at is null
  returning s.id as subscription_id, lower(s.email) as recipient, gen_random_uuid() as id
),
waiting_notices as (
  select n.id from policy.notices n
  where n.message_id is null and :?operators::text is not null
  order by n.id
  for update of n
),
report as (
  select gen_random_uuid() as id where exists (select from waiting_notices)
),
opened as (
  insert into ops.messages (id, room, kind, recipient, subscription_id, message_id)
  select o.id, 'policy', o.kind, o.recipient, o.subscription_id, gen_random_uuid() || '@' || :?domain
  from (
    select id, 'alerts' as kind, recipient, null::uuid as subscription_id from digests
    union all
    select id, 'confirmation', recipient, subscription_id from questions
    union all
    select id, 'operators', :?operators, null from report
  ) o
  returning id, kind, recipient
),
joined_alerts as (
  update policy.email_alerts a set message_id = d.id from digests d where a.id = any (d.alerts)
),
joined_notices as (
  update policy.notices n set message_id = report.id from report where n.id in (select w.id from waiting_notices w)
)
select id, kind, recipient from opened
