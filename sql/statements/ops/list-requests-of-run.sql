-- Lists the pages a run fetched and committed, in their order.
-- In:  run bigint; after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per request: sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key, records, page_key
select
  r.sequence, r.requested_at, ops.without_secrets(r.url) as url, r.status, r.attempts, r.milliseconds, r.bytes, ops.without_secrets(r.first_key) as first_key, ops.without_secrets(r.last_key) as last_key, r.records,
  jsonb_build_array(r.sequence) as page_key
from ops.requests r
where r.run_id = :?run::bigint
  and (:?after::text is null or r.sequence > (:?after::jsonb ->> 0)::integer)
order by r.sequence
limit :?most::bigint
