-- Lists the requests of a run in at most 60 spans of their order, as a picture shows them.
-- In:  run bigint
-- Out: one row per span: first_sequence, requested_at (of its first), requests, milliseconds (mean), slowest, retries, records
--      (mean of a page), bytes, failed (requests that did not end with a status of success)
with placed as (
  select q.*, ntile(60) over (order by q.sequence) as span from ops.requests q where q.run_id = :?run::bigint
)
select
  min(p.sequence) as first_sequence, min(p.requested_at) as requested_at, count(*) as requests,
  round(avg(p.milliseconds))::bigint as milliseconds, max(p.milliseconds) as slowest, sum(p.attempts - 1) as retries,
  round(avg(p.records))::bigint as records, sum(p.bytes)::bigint as bytes,
  count(*) filter (where p.status >= 400 or p.status = 0) as failed
from placed p
group by p.span
order by p.span
