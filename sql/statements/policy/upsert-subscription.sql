-- Asks for a subscription: a new or ended one is to be confirmed by its owner, one that waits or is active stays as it is.
-- In:  email text; origin, destination, visa_type text (null: any)
-- Out: one row: token, email, origin, destination, visa_type, state (active, waiting for the answer, or asked)
with kept as (
  insert into policy.route_subscriptions as s (email, origin_country, destination_country, visa_type)
  values (:?email, upper(:?origin), upper(:?destination), nullif(btrim(:?visa_type), ''))
  on conflict (coalesce(origin_country, ''), coalesce(destination_country, ''), coalesce(visa_type, ''), lower(email))
  do update set
    confirmed_at = case when s.ended_at is null then s.confirmed_at end,
    ended_at = null,
    asked_at = case when s.ended_at is null and not exists (
      select from policy.messages m where m.subscription_id = s.id and m.status = 'failed' and m.created_at >= s.asked_at)
      then s.asked_at end
  returning s.token, s.email, s.origin_country, s.destination_country, s.visa_type, s.is_active, s.asked_at
)
select
  token, email, origin_country as origin, destination_country as destination, visa_type,
  case when is_active then 'active' when asked_at is not null then 'waiting' else 'asked' end as state
from kept
