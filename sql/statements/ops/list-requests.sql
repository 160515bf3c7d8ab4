-- Lists the pages a run fetched and committed, in their order.
-- In:  run bigint
-- Out: one row per request: sequence, requested_at, url, status, attempts, milliseconds, bytes, first_key, last_key,
--      records
select sequence, requested_at, ops.without_secrets(url) as url, status, attempts, milliseconds, bytes, first_key, last_key, records
from ops.requests
where run_id = :?run::bigint
order by sequence
