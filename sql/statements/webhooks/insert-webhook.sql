-- Adds a webhook that gets what is new from now on, or what came after a number.
-- In:  id uuid; name, url, feed text; filter jsonb; secret_hash text; since bigint (null: from now on); created_by text
-- Out: one row: name, origin, feed, after, lacks (of what came after since, what is up to this number was deleted; null: nothing); none if
--      the name is taken
insert into webhooks.webhooks (id, name, url, feed, filter, secret_hash, after, created_by)
values (
  :?id::uuid, :?name, :?url, :?feed, :?filter::jsonb, :?secret_hash, coalesce(:?since::bigint, webhooks.head(:?feed)), :?created_by)
on conflict (name) do nothing
returning name, substring(url from '^[a-z]+://[^/?#]+') as origin, feed, after,
  (select d.through from harvest.deleted_changes d where feed = 'changes' and :?since::bigint < d.through) as lacks
