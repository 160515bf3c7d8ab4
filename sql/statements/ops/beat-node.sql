-- Writes the heartbeat of a node, says what is wanted of it, and forgets nodes that were lost a day ago.
-- In:  node, name text (host:pid/start and host:pid); rooms jsonb (an array; empty: all); version text; step integer (the last
--      one of the schema that its program knows); lease integer (milliseconds); reason text (why it is draining; null if it is not);
--      drained boolean (it holds nothing any more); cut_off_since timestamptz (since when it reaches no source; null if it does)
-- Out: one row: is_draining (it is to begin nothing new, by its own word or by that of an operator), stays (up, when it is
--      drained), reason, newest (the last step of the schema that was applied, by whatever program)
with forgotten as (
  delete from ops.nodes n
  using (
    select o.id from ops.nodes o
    where o.heartbeat_at < clock_timestamp() - interval '1 day' and o.id <> :?node
    for update skip locked
  ) gone
  where n.id = gone.id
)
insert into ops.nodes as n (id, name, rooms, version, step, started_at, heartbeat_at, lease, draining_since, reason,
  cut_off_since)
values (
  :?node, :?name, array(select jsonb_array_elements_text(:?rooms::jsonb)), :?version, :?step::integer, clock_timestamp(),
  clock_timestamp(), :?lease::integer * interval '1 millisecond', case when :?reason::text is not null then clock_timestamp() end,
  :?reason, :?cut_off_since::timestamptz)
on conflict (id) do update
set heartbeat_at = excluded.heartbeat_at,
    lease = excluded.lease,
    draining_since = coalesce(n.draining_since, excluded.draining_since),
    drained_at = case when :?drained::boolean then coalesce(n.drained_at, clock_timestamp()) end,
    reason = coalesce(n.reason, excluded.reason),
    cut_off_since = excluded.cut_off_since
returning
  n.draining_since is not null as is_draining, n.stays, n.reason,
  (select max(h.version::integer) from public.flyway_schema_history h where h.success and h.version ~ '^[0-9]+$') as newest
