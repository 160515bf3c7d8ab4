-- Makes one table each of what datasets were, of what changed and of records again.

drop view if exists
  harvest.field_changes, harvest.run_changes, harvest.dataset_changes, harvest.held_runs, harvest.troubles,
  harvest.source_status;
drop function if exists
  harvest.versions_of(bigint, timestamptz, uuid),
  harvest.drop_old_changes(timestamptz, bigint, integer), harvest.old_changes_border(timestamptz), harvest.received_changes(), harvest.partition_troubles();

create table harvest.versions_again (like harvest.versions including all);
insert into harvest.versions_again overriding system value select * from harvest.versions;
select setval(pg_get_serial_sequence('harvest.versions_again', 'id'), (select max(id) from harvest.versions_again));
drop table harvest.versions;
alter table harvest.versions_again rename to versions;
alter sequence harvest.versions_again_id_seq rename to versions_id_seq;
alter table harvest.versions drop constraint versions_again_pkey;
alter table harvest.versions
  add constraint versions_pkey primary key (id),
  add constraint versions_one_at_a_time unique (dataset_id, valid_from);
alter index harvest.versions_again_run_id_idx rename to versions_run_idx;
alter index harvest.versions_again_source_id_valid_to_idx rename to versions_source_idx;
comment on table harvest.versions is 'The states that datasets had before the one they have. Rows are never changed.';

create table harvest.changes_again (like harvest.changes including all);
insert into harvest.changes_again overriding system value select * from harvest.changes;
select setval(
  pg_get_serial_sequence('harvest.changes_again', 'id'),
  pg_sequence_last_value(pg_get_serial_sequence('harvest.changes', 'id')::regclass));
drop table harvest.changes;
alter table harvest.changes_again rename to changes;
alter sequence harvest.changes_again_id_seq rename to changes_id_seq;
alter table harvest.changes drop constraint changes_again_pkey;
alter table harvest.changes
  add constraint changes_pkey primary key (id),
  add constraint changes_number_once unique (number);
drop index harvest.changes_again_number_idx;
alter index harvest.changes_again_id_idx rename to changes_unnumbered_idx;
alter index harvest.changes_again_dataset_id_idx rename to changes_dataset_idx;
alter index harvest.changes_again_run_id_idx rename to changes_run_idx;
comment on table harvest.changes is 'Every change that counts, in the order of their numbers.';

create table harvest.records_again (like harvest.records including all);
insert into harvest.records_again select * from harvest.records;
drop table harvest.records;
alter table harvest.records_again rename to records;
alter table harvest.records rename constraint records_again_pkey to records_pkey;
alter table harvest.records
  add constraint records_source_fkey foreign key (source_id) references harvest.sources (id);
alter index harvest.records_again_source_id_key_idx rename to records_pending_idx;
alter index harvest.records_again_source_id_idx rename to records_rival_idx;
alter index harvest.records_again_dataset_id_idx rename to records_dataset_idx;
alter index harvest.records_again_source_id_missed_idx rename to records_missed_idx;
comment on table harvest.records is 'Each record as it came when its content last changed.';
