-- Says that the workers of this process are alive, but where a row is just being written: it is not waited for.
-- In:  node text, holders jsonb (an array of the workers that have the turn at a host), workers jsonb (of those that check pages)
-- Out: one row: hosts, sources, messages, the counts of what beats
with host as (
  update policy.hosts h
  set heartbeat_at = clock_timestamp()
  from (
    select host from policy.hosts
    where claimed_by in (select jsonb_array_elements_text(:?holders::jsonb))
    for update skip locked
  ) alive
  where h.host = alive.host
  returning h.host
),
source as (
  update policy.sources s
  set heartbeat_at = clock_timestamp()
  from (
    select id from policy.sources
    where claimed_by in (select jsonb_array_elements_text(:?workers::jsonb))
    for update skip locked
  ) alive
  where s.id = alive.id
  returning s.id
),
message as (
  update policy.messages m
  set heartbeat_at = clock_timestamp()
  from (
    select id from policy.messages where starts_with(claimed_by, :?node || '/') for update skip locked
  ) alive
  where m.id = alive.id
  returning m.id
)
select
  (select count(*) from host)::integer as hosts,
  (select count(*) from source)::integer as sources,
  (select count(*) from message)::integer as messages
