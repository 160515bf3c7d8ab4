-- Confirms a subscription, as its owner wants; one that has ended is not confirmed by an old link.
-- In:  token text (UUID)
-- Out: one row: email, origin, destination, visa_type, is_active (false: it has ended); none if there is no such subscription
with confirmed as (
  update policy.route_subscriptions s
  set is_active = true, confirmed_at = coalesce(s.confirmed_at, now())
  where s.token = :?token::uuid and s.ended_at is null and not s.is_active
  returning s.id
)
select
  s.email, s.origin_country as origin, s.destination_country as destination, s.visa_type,
  s.is_active or exists (select from confirmed) as is_active
from policy.route_subscriptions s
where s.token = :?token::uuid
