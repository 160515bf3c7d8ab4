-- Claims a time of a timer for one of all nodes.
-- In:  name text; fired_for timestamptz (by its cron); node text (host:pid); process text (the id of the node); work text (the endpoint
--      of the route that is about to do it, until ops/close-timer, or ops/open-run if its name is that of a run)
-- Out: one row: name, fired_for, process, work; none if another node has answered for this time, or a later one; a time that is far ahead
--      is that of a clock that was wrong, and counts for nothing
insert into ops.timers as t (name, fired_for, node, claimed_by, work)
values (:?name, :?fired_for::timestamptz, :?node, :?process, :?work)
on conflict (name) do update
set fired_for = excluded.fired_for, node = excluded.node, claimed_by = excluded.claimed_by, work = excluded.work, takeovers = 0
where t.fired_for < excluded.fired_for
  or t.fired_for > clock_timestamp() + interval '5 minutes' and t.fired_for <> excluded.fired_for
returning t.name, t.fired_for, t.claimed_by as process, t.work
