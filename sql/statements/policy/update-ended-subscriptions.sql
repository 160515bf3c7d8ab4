-- Ends subscriptions, and with them what they were yet to be told.
-- In:  tokens text (UUIDs with commas between, of subscriptions or addresses; null: by what follows); email text (null: any);
--      origin, destination, visa_type text (null: whatever it is)
-- Out: one row per subscription, ended before or not: email, origin, destination, visa_type, was_ended
with meant as (
  select s.id, s.email, s.origin_country, s.destination_country, s.visa_type, s.ended_at
  from policy.route_subscriptions s
  where (s.id in (select l.subscription_id from policy.linked_subscriptions(:?tokens) l)
      or (:?tokens::text is null and lower(s.email) = lower(:?email)))
    and (:?origin::text is null or s.origin_country = upper(:?origin))
    and (:?destination::text is null or s.destination_country = upper(:?destination))
    and (:?visa_type::text is null or lower(s.visa_type) = lower(:?visa_type))
  order by s.id
  for update
),
ended as (
  update policy.route_subscriptions s
  set is_active = false, ended_at = now()
  from meant
  where s.id = meant.id and meant.ended_at is null
),
cancelled as (
  update policy.email_alerts a
  set status = 'cancelled'
  from meant
  where a.subscription_id = meant.id and a.status = 'pending'
    and not exists (select from policy.messages m where m.id = a.message_id and m.status = 'sending')
)
select email, origin_country as origin, destination_country as destination, visa_type, ended_at is not null as was_ended
from meant
