-- Claims a time of a timer for one of all nodes.
-- In:  name text; fired_for timestamptz (by its cron); node text (host:pid)
-- Out: one row: fired_for; none if another node has answered for this time, or a later one; a time that is far ahead is that of a
--      clock that was wrong, and counts for nothing
insert into ops.timers as t (name, fired_for, node)
values (:?name, :?fired_for::timestamptz, :?node)
on conflict (name) do update
set fired_for = excluded.fired_for, node = excluded.node
where t.fired_for < excluded.fired_for
  or t.fired_for > clock_timestamp() + interval '5 minutes' and t.fired_for <> excluded.fired_for
returning t.fired_for
