-- Renews the leases of the workers of a process, and forgets who has ended: here, or elsewhere without a word.
-- In:  workers jsonb (an array of those at work); ended jsonb (an array of those that are not any more); lease integer
--      (milliseconds)
-- Out: one row per worker of another process that has not sent a heartbeat within its lease: worker, seconds (since)
with forgetful as ( -- a heartbeat that a crash of the server forgets is not missed: it is not waited for until it is on disk
  select set_config('synchronous_commit', 'off', true)
),
beating as (
  select array(select jsonb_array_elements_text(:?workers::jsonb)) as workers from forgetful
),
beaten as (
  select ops.beat(beating.workers, :?lease::integer * interval '1 millisecond') from beating
),
-- Two heartbeats of one process may meet, and one may know of an end that the other does not: neither waits.
ended as (
  delete from ops.workers w
  using (
    select o.id from ops.workers o
    where o.id in (select jsonb_array_elements_text(:?ended::jsonb))
    for update skip locked
  ) gone
  where w.id = gone.id
),
lost as (
  delete from ops.workers w
  using (
    select o.id from ops.workers o
    where o.heartbeat_at + o.lease < clock_timestamp()
      and o.id not in (
        select jsonb_array_elements_text(:?workers::jsonb) union all select jsonb_array_elements_text(:?ended::jsonb))
    for update skip locked
  ) silent
  where w.id = silent.id
  returning w.id as worker, extract(epoch from clock_timestamp() - w.heartbeat_at)::integer as seconds
)
select lost.worker, lost.seconds
from (select count(*) from beaten) once
join lost on true
