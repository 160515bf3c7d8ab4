-- Closes the claim of a time of a timer, for its work is done.
-- In:  name text; fired_for timestamptz; process text (the id of the node that claimed it)
-- Out: one row: name; none if another node has taken it over, or answered for a later one
update ops.timers t
set claimed_by = null, work = null
where t.name = :?name and t.fired_for = :?fired_for::timestamptz and t.claimed_by = :?process
returning t.name
