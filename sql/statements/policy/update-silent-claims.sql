-- Frees what workers held that were not heard of any more: a host is anybody's, a source is due as it was, a message is to
-- be sent again under the same Message-ID.
-- In:  silence integer (in milliseconds)
-- Out: one row per claim: kind (host, source, message), name, worker
with host as (
  update policy.hosts h
  set claimed_by = null, heartbeat_at = null
  from (
    select host, claimed_by from policy.hosts
    where claimed_by is not null and heartbeat_at < clock_timestamp() - :?silence::integer * interval '1 millisecond'
    for update skip locked
  ) silent
  where h.host = silent.host
  returning silent.host as name, silent.claimed_by as worker
),
source as (
  update policy.sources s
  set claimed_by = null, heartbeat_at = null
  from (
    select id, claimed_by from policy.sources
    where claimed_by is not null and heartbeat_at < clock_timestamp() - :?silence::integer * interval '1 millisecond'
    for update skip locked
  ) silent
  where s.id = silent.id
  returning s.name, silent.claimed_by as worker
),
message as (
  update policy.messages m
  set status = 'pending', claimed_by = null, heartbeat_at = null
  from (
    select id, claimed_by from policy.messages
    where status = 'sending' and heartbeat_at < clock_timestamp() - :?silence::integer * interval '1 millisecond'
    for update skip locked
  ) silent
  where m.id = silent.id
  returning m.message_id as name, silent.claimed_by as worker
)
select 'host' as kind, name, worker from host
union all
select 'source', name, worker from source
union all
select 'message', name, worker from message
