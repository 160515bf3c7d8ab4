-- Gives the queue of messages back to the room policy; messages of other rooms and the incidents go.

drop index ops.runs_trouble_idx, ops.runs_resumes_idx;
alter table ops.runs
  drop constraint runs_resumes_fkey,
  add constraint runs_resumes_fkey foreign key (resumes) references ops.runs (id);
drop function if exists ops.troubles(timestamptz, interval, jsonb), ops.held_runs(bigint[]), ops.old_runs(timestamptz, bigint, integer),
  ops.without_secrets(text);
drop view if exists catalog.troubles, harvest.troubles, policy.troubles, harvest.held_runs, catalog.held_runs, registry.held_runs;
drop table ops.incidents;

drop trigger follow_message on ops.messages;
drop function policy.follow_message();
drop view policy.messages;
delete from ops.messages where room <> 'policy';
alter table ops.messages
  drop constraint messages_channel_known,
  drop constraint messages_kind_known,
  add constraint messages_kind_known check (kind in ('alerts', 'confirmation', 'operators')),
  drop column room,
  drop column channel,
  drop column content;
alter table ops.messages set schema policy;
comment on table policy.messages is 'Mails: what is to be sent, and what was.';
comment on column policy.messages.recipient is 'An address; for operators all of theirs, with commas between.';
comment on column policy.messages.subscription_id is null;
comment on column policy.messages.message_id is
  'Given before the first attempt, without its angle brackets: the same one whenever it is tried again.';
