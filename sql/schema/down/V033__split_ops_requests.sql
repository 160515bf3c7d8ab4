-- Makes one table of the requests of runs again.

drop view if exists ops.troubles;
drop function if exists
  ops.drop_old_requests(timestamptz, bigint, integer), ops.old_request_partitions(timestamptz), ops.partition_troubles(text, timestamptz),
  ops.old_border(regclass, timestamptz), ops.drop_old_partition(regclass, timestamptz, bigint, text, integer), ops.drop_partition(regclass, text, integer),
  ops.open_partitions(regclass, text, text, integer), ops.analyze_partitions(regclass), ops.partition_bound(text, text, integer), ops.partitions_of(regclass);

create table ops.requests_again (like ops.requests including all);
insert into ops.requests_again select * from ops.requests;
drop table ops.requests;
alter table ops.requests_again rename to requests;
alter table ops.requests rename constraint requests_again_pkey to requests_pkey;
alter table ops.requests
  add constraint requests_run_fkey foreign key (run_id) references ops.runs (id) on delete cascade;
comment on table ops.requests is 'One row per page fetched and committed: the audit of a run is a query.';
