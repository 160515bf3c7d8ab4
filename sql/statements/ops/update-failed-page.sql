-- Notes on a run why one of its pages cannot be written; who runs it closes it as failed.
-- In:  run bigint; error text
-- Out: one row: run; none if it is not running any more
update ops.runs r
set error = coalesce(r.error, ops.without_secrets(:?error))
where r.id = :?run::bigint and r.status = 'running'
returning r.id as run
