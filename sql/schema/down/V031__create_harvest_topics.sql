-- Forgets how far the changes of datasets were published.

drop table harvest.topics;

-- Came with this step's program, among the functions that are set anew at each start.
drop function if exists names.abandon_lost_loads(), ops.database_id(),
  ops.close_run(bigint, text, boolean, boolean, text, text, timestamptz);
