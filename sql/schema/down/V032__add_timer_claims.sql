-- A time that is claimed is done, whatever becomes of the node.

alter table ops.timers
  drop constraint timers_claimed_with_a_work,
  drop constraint timers_work_is_a_route,
  drop column takeovers,
  drop column work,
  drop column claimed_by;

-- Came with this step's program, among the functions that are set anew at each start.
drop function if exists ops.abandon_lost_runs(), ops.abandon_run(bigint, timestamptz);
