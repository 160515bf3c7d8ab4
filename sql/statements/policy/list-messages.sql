-- Lists what is told by mail: what waits for a message and why, and the latest messages.
-- In:  status text (null: every; waiting, pending, sending, sent, failed or cancelled); most integer
-- Out: one row: message (UUID, null while there is none), kind, status, recipient, told (changes, sources or subscriptions),
--      attempts, created_at, due_at (of the next attempt), sent_at, reason (why it waits, or its last error)
with unopened as (
  select
    'alerts' as kind, lower(s.email) as recipient, count(distinct a.change_id) as told, min(a.created_at) as created_at,
    case
      when not bool_or(r.id is null or r.status <> 'running' or not ops.is_alive(r.claimed_by))
        then 'The run that found it is not over.'
    end as reason
  from policy.email_alerts a
  join policy.route_subscriptions s on s.id = a.subscription_id and s.is_active
  join policy.policy_changes c on c.id = a.change_id
  left join ops.runs r on r.id = c.run_id
  where a.status = 'pending' and a.message_id is null
  group by lower(s.email)
  union all
  select 'operators', null, count(distinct n.source_id), min(n.created_at), null
  from policy.notices n where n.message_id is null having count(*) > 0
  union all
  select 'confirmation', lower(s.email), count(*), min(s.updated_at), null
  from policy.route_subscriptions s
  where s.asked_at is null and s.confirmed_at is null and s.ended_at is null
  group by lower(s.email)
),
opened as (
  select
    m.id, m.kind, m.status, m.recipient, m.attempts, m.created_at, m.sent_at, m.last_error as reason,
    case when m.status = 'pending' then m.next_attempt_at end as due_at,
    case m.kind
      when 'alerts' then (select count(distinct a.change_id) from policy.email_alerts a where a.message_id = m.id)
      when 'operators' then (select count(distinct n.source_id) from policy.notices n where n.message_id = m.id)
      else 1
    end as told
  from policy.messages m
  where :?status::text is null or m.status = :?status
)
select id as message, kind, status, recipient, told, attempts, created_at, due_at, sent_at, reason
from (
  select id, kind, status, recipient, told, attempts, created_at, due_at, sent_at, reason from opened
  union all
  select null, kind, 'waiting', recipient, told, 0, created_at, null, null, reason
  from unopened where :?status::text is null or :?status = 'waiting'
) listed
order by created_at desc, message
limit :?most::integer
