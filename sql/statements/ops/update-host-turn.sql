-- Lets a host be for a while, whoever asks it: it asked for that, as by Retry-After.
-- In:  host text (in small letters); wait_ms bigint (from now on, in milliseconds)
-- Out: one row: next_request_at
insert into ops.hosts as h (host, next_request_at)
values (:?host, clock_timestamp() + :?wait_ms::bigint * interval '1 millisecond')
on conflict (host) do update
set next_request_at = greatest(h.next_request_at, excluded.next_request_at)
returning next_request_at
