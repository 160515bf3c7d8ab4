-- Updates the counts of the run of an export.
-- In:  run bigint; counts jsonb {seen, skipped, bytes}
-- Out: one row: counted (empty)
select ops.count_run(:?run::bigint, :?counts::jsonb)::text as counted
