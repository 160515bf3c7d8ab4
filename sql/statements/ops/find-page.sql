-- Says whether a page that came is still to be written.
-- In:  database text (whose page it is; null: not known); run bigint; scope text (of the run); sequence integer (of the page in it)
-- Out: one row: is_foreign (it belongs to another database); is_running (the run); is_committed (the page)
select
  coalesce(:?database <> ops.database_id(), false) as is_foreign,
  coalesce(r.status = 'running', false) as is_running,
  exists (select from ops.requests q where q.run_id = r.id and q.sequence = :?sequence::integer) as is_committed
from (select) one
left join ops.runs r on r.id = :?run::bigint and r.scope = :?scope
