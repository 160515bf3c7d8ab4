-- Gives a worker the turn at a host, if nobody who is alive has it and its gap has passed; a host that is not known is made so.
-- In:  host text, worker text
-- Out: one row: is_yours, wait (in milliseconds, until the host may be asked, whoever is at it), and if it is yours
--      what is kept of robots.txt: robots_age (in milliseconds, null if there is nothing), robots_status, robots_url, robots_type, robots
with given as (
  insert into policy.hosts as h (host, claimed_by)
  values (:?host, :?worker)
  on conflict (host) do update
  set claimed_by = excluded.claimed_by
  where (h.claimed_by = excluded.claimed_by or not ops.is_alive(h.claimed_by)) and h.next_request_at <= clock_timestamp()
  returning h.host, h.robots_fetched_at, h.robots_status, h.robots_url, h.robots_type, h.robots
),
known as ( -- none if another worker made it while this one asked
  select next_request_at from policy.hosts where host = :?host
)
select
  given.host is not null as is_yours,
  coalesce(greatest(ceil(extract(epoch from known.next_request_at - clock_timestamp()) * 1000), 0), 0)::bigint as wait,
  (extract(epoch from clock_timestamp() - given.robots_fetched_at) * 1000)::bigint as robots_age,
  given.robots_status, given.robots_url, given.robots_type, given.robots
-- A turn that a crash of the server forgets is free again by itself: it is not waited for until it is on disk.
from (select set_config('synchronous_commit', 'off', true)) as forgetful
left join given on true
left join known on true
