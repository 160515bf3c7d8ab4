-- Takes the ledger away.

drop table ops.rejects;
drop table ops.requests;
drop table ops.runs;
drop schema ops;
