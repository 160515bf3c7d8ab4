-- Describes all that is to be said in a message.
-- In:  message text (UUID); most integer (characters of a diff)
-- Out: one row: content (a JSON object: of alerts changes [{source_id, source, country, visa_type, url, detected_at, diff,
--      diff_length, old_length, new_length, old_sequence, new_sequence}] and subscriptions [{token, origin, destination,
--      visa_type}] and token, of the address; of a confirmation subscriptions with the one; of operators notices [{kind, source,
--      url, cause, detail, created_at, failing_since}]); none if the message has nothing left to tell
with claimed as (
  select m.id, m.kind, m.recipient, m.subscription_id from ops.messages m where m.id = :?message::uuid
),
told as (
  select a.change_id, a.subscription_id
  from claimed join policy.email_alerts a on a.message_id = claimed.id and a.status = 'pending'
),
-- What a mail shows of each diff when it shows eight whole ones together, and a character more: it shows that there is more.
share as (
  select least(:?most::bigint, greatest(200, :?most::bigint * 8 / greatest(1, count(distinct told.change_id))))::integer + 1 as most
  from told
),
changes as (
  select jsonb_agg(jsonb_build_object(
    'source_id', s.id, 'source', s.name, 'country', s.country, 'visa_type', s.visa_type, 'url', ops.without_secrets(s.url),
    'detected_at', c.detected_at, 'diff', left(c.diff, share.most), 'diff_length', c.diff_length,
    'old_length', o.content_length, 'new_length', n.content_length,
    'old_sequence', o.sequence, 'new_sequence', n.sequence) order by s.country, s.name, c.detected_at) as list
  from share
  cross join policy.policy_changes c
  join policy.sources s on s.id = c.source_id
  join policy.policy_versions n on n.id = c.new_version_id
  left join policy.policy_versions o on o.id = c.old_version_id
  where c.id in (select told.change_id from told)
),
subscriptions as (
  select jsonb_agg(jsonb_build_object(
    'token', s.token, 'origin', s.origin_country, 'destination', s.destination_country, 'visa_type', s.visa_type)
    order by s.created_at, s.id) as list
  from policy.route_subscriptions s
  where s.id in (select told.subscription_id from told union all select claimed.subscription_id from claimed)
),
notices as (
  select jsonb_agg(jsonb_build_object(
    'kind', n.kind, 'source', s.name, 'url', ops.without_secrets(s.url), 'cause', n.cause, 'detail', n.detail, 'created_at', n.created_at,
    'failing_since', (
      select min(f.fetched_at) from policy.fetches f
      where f.source_id = n.source_id and f.outcome = 'failed' and f.fetched_at <= n.created_at
        and f.fetched_at > coalesce((
          select max(g.fetched_at) from policy.fetches g
          where g.source_id = n.source_id and g.outcome <> 'failed' and g.fetched_at < n.created_at
            and n.kind = 'failing'), '-infinity'))) order by n.id) as list
  from claimed
  join policy.notices n on n.message_id = claimed.id
  join policy.sources s on s.id = n.source_id
)
select
  jsonb_build_object(
    'changes', changes.list, 'subscriptions', subscriptions.list, 'notices', notices.list,
    'token', (select a.token from policy.addresses a where a.email = lower(claimed.recipient)))::text as content
from claimed, changes, subscriptions, notices
where claimed.kind <> 'alerts' or changes.list is not null
