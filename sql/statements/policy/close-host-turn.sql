-- Lets a worker go from a host, and the host be for as long as it has to be.
-- In:  host text, worker text, gap bigint (in milliseconds; null if the host was not asked)
-- Out: one row: next_request_at; none if it was not its turn any more
with forgetful as ( -- what a crash of the server takes back is free again by itself: it is not waited for until it is on disk
  select set_config('synchronous_commit', 'off', true)
)
update policy.hosts
set claimed_by = null,
    next_request_at = coalesce(clock_timestamp() + :?gap::bigint * interval '1 millisecond', next_request_at)
from forgetful
where host = :?host and claimed_by = :?worker
returning next_request_at
