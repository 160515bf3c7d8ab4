-- Makes one table of the checks of pages again.

-- It comes back with the next schema up.
drop view if exists policy.shown_fetches, policy.troubles;

create table policy.fetches_again (like policy.fetches including all);
insert into policy.fetches_again overriding system value select * from policy.fetches;
select setval(pg_get_serial_sequence('policy.fetches_again', 'id'), (select max(id) from policy.fetches_again));
drop table policy.fetches;
alter table policy.fetches_again rename to fetches;
alter sequence policy.fetches_again_id_seq rename to fetches_id_seq;
alter table policy.fetches drop constraint fetches_again_pkey;
alter table policy.fetches
  add constraint fetches_pkey primary key (id),
  add constraint fetches_source_fkey foreign key (source_id) references policy.sources (id) on delete cascade,
  add constraint fetches_run_fkey foreign key (run_id) references ops.runs (id) on delete set null,
  add constraint fetches_snapshot_fkey foreign key (snapshot) references policy.snapshots (sha256) on delete restrict;
drop index policy.fetches_again_id_idx;
alter index policy.fetches_again_snapshot_idx rename to fetches_snapshot_idx;
alter index policy.fetches_again_run_id_idx rename to fetches_run_idx;
comment on table policy.fetches is 'Every check of every page, whatever came of it.';
-- "What came of the last checks of this page?", and the foreign key.
create index fetches_source_idx on policy.fetches (source_id, fetched_at desc);
