-- Lists the subscriptions that a link is about.
-- In:  tokens text (UUIDs with commas between, of subscriptions or addresses)
-- Out: one row per subscription, the oldest first: token, origin, destination, visa_type, is_ended
select
  s.token::text as token, s.origin_country as origin, s.destination_country as destination, s.visa_type,
  s.ended_at is not null as is_ended
from policy.linked_subscriptions(:?tokens) l
join policy.route_subscriptions s on s.id = l.subscription_id
order by s.created_at, s.id
