-- Closes an incident as a person wants it: nobody is told of its end, and it opens again with a later run alone.
-- In:  incident bigint
-- Out: one row: incident; none if it is not open
update ops.incidents i
set closed_at = greatest(now(), i.opened_at), is_dismissed = true
where i.id = :?incident::bigint and i.closed_at is null
returning i.id as incident
