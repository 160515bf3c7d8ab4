-- Lists those of some workers that have missed three heartbeats in a row, of five in a lease.
-- In:  workers jsonb (an array of those that are at work in this process)
-- Out: one row per worker: reason
select format(
    'A worker of this process has not sent a heartbeat for %s s, and loses what it claimed.',
    extract(epoch from clock_timestamp() - w.heartbeat_at)::integer) as reason
from ops.workers w
where w.id in (select jsonb_array_elements_text(:?workers::jsonb))
  and w.heartbeat_at + 0.6 * w.lease < clock_timestamp()
order by w.heartbeat_at
limit 3
