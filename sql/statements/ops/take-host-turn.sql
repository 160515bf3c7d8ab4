-- Takes the turn at a host, if it may be asked now: one budget over all sources and processes of the rooms that walk pages.
-- In:  host text (in small letters); gap_ms bigint (between two requests, in milliseconds); run bigint (whose request it is; null: none's)
-- Out: one row: is_yours (for a request that leaves now); wait_ms (if not, until the host may be asked); is_lost (the run is not
--      running any more: who was frozen finds that before it uses up what the host allows)
with lost as (
  select count(*) > 0 as is_lost from ops.runs r where r.id = :?run::bigint and r.status <> 'running'
),
forgetful as ( -- a turn that a crash of the server forgets is given again: it is not waited for until it is on disk
  select set_config('synchronous_commit', 'off', true)
),
taken as (
  insert into ops.hosts as h (host, next_request_at)
  select :?host, clock_timestamp() + :?gap_ms::bigint * interval '1 millisecond'
  from forgetful
  cross join lost
  where not lost.is_lost
  on conflict (host) do update
  -- A turn is taken a little late, by the way to the database: the next one is not later for that, unless it would come before nine
  -- tenths of the gap.
  set next_request_at = :?gap_ms::bigint * interval '1 millisecond' + case
    when h.next_request_at > clock_timestamp() then clock_timestamp()
    else greatest(h.next_request_at, clock_timestamp() - :?gap_ms::bigint * interval '0.1 millisecond')
  end
  where h.next_request_at <= clock_timestamp()
    -- Farther ahead than any pause that is kept to: the clock of the server was wrong then.
    or h.next_request_at > clock_timestamp() + interval '25 hours'
  returning host
),
known as ( -- none if another process made it while this one asked
  select next_request_at from ops.hosts where host = :?host
)
select
  taken.host is not null as is_yours,
  case
    when taken.host is not null then 0
    else greatest(1, coalesce(ceil(extract(epoch from known.next_request_at - clock_timestamp()) * 1000), 1))
  end::bigint as wait_ms,
  lost.is_lost
from lost
left join taken on true
left join known on true
