-- Lists the webhooks by name, with how far and how well each gets on.
-- In:  after text (the page_key of the row before; null: from the first); most bigint (null: all)
-- Out: one row per webhook: name, origin (scheme and host of its URL), feed, filter, state (active, failing, paused, gone or off),
--      after (its cursor), behind (numbers that the feed is ahead of it), failures (since the last success), failing_since,
--      next_attempt_at, last_error, delivered_at, stopped_at, created_by, created_at, page_key
select
  w.name, substring(w.url from '^[a-z]+://[^/?#]+') as origin, w.feed, w.filter,
  case
    when w.stop_reason = 'failing' then 'off'
    when w.stop_reason is not null then w.stop_reason
    when w.failures > 0 then 'failing'
    else 'active'
  end as state,
  w.after, greatest(0, heads.head - w.after) as behind, w.failures, w.failing_since,
  case when m.status = 'pending' and w.failures > 0 then m.next_attempt_at end as next_attempt_at, w.last_error, w.delivered_at,
  w.stopped_at, w.created_by, w.created_at, jsonb_build_array(w.name) as page_key
from webhooks.webhooks w
left join ops.messages m on m.id = w.delivering
cross join lateral (
  select coalesce(case w.feed
    when 'policy' then (select max(p.number) from webhooks.policy_changes p)
    else (select max(c.number) from harvest.changes c)
  end, 0) as head
) heads
where :?after::text is null or w.name > (:?after::jsonb ->> 0)
order by w.name
limit :?most::bigint
