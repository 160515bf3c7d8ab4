-- Lists who wants to be told of which route; only for admins.
-- In:  nothing
-- Out: one row per subscription that did not end: email, origin, destination, visa_type, state (active, waiting, asked),
--      created_at, confirmed_at
select
  s.email, s.origin_country as origin, s.destination_country as destination, s.visa_type,
  case when s.is_active then 'active' when s.asked_at is not null then 'waiting' else 'asked' end as state, s.created_at,
  s.confirmed_at
from policy.route_subscriptions s
where s.ended_at is null
order by s.created_at desc
limit 200
