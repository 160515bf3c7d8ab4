-- Takes the next turn at a host: one budget over all sources and processes.
-- In:  host text (in small letters); gap_ms bigint (between two requests, in milliseconds)
-- Out: one row: wait_ms (until the turn has come)
with forgetful as ( -- a turn that a crash of the server forgets is given again: it is not waited for until it is on disk
  select set_config('synchronous_commit', 'off', true)
),
taken as (
  insert into harvest.hosts as h (host, next_request_at)
  select :?host, clock_timestamp() + :?gap_ms::bigint * interval '1 millisecond'
  from forgetful
  on conflict (host) do update
  set next_request_at = greatest(h.next_request_at, clock_timestamp()) + :?gap_ms::bigint * interval '1 millisecond'
  returning next_request_at
)
select greatest(0, ceil(extract(epoch from
  next_request_at - :?gap_ms::bigint * interval '1 millisecond' - clock_timestamp()) * 1000))::bigint as wait_ms
from taken
