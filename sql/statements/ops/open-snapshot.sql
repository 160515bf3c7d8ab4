-- Opens the transaction of a snapshot, in which neither a statement nor the time between two has a limit.
-- In:  nothing
-- Out: one row: opened_at (the moment it is of)
with unlimited as materialized (
  select
    set_config('statement_timeout', '0', true) as statement_timeout,
    set_config('idle_in_transaction_session_timeout', '0', true) as idle_timeout
)
select now() as opened_at
from unlimited
where statement_timeout = '0' and idle_timeout = '0'
