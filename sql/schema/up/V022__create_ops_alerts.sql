-- One queue of messages for all rooms, and the incidents that operators are told of.

-- ---- messages ----

alter table policy.messages set schema ops;
alter table ops.messages
  add column room text not null default 'policy',
  add column channel text not null default 'mail',
  add column content jsonb,
  drop constraint messages_kind_known,
  add constraint messages_kind_known check (room <> 'policy' or kind in ('alerts', 'confirmation', 'operators')),
  add constraint messages_channel_known check (channel in ('mail', 'webhook'));
alter table ops.messages alter column room drop default;
comment on table ops.messages is 'Messages of all rooms to people and programs: what is to be sent, and what was.';
comment on column ops.messages.room is 'Whose message it is: that room says what is in it.';
comment on column ops.messages.recipient is
  'Of a mail an address, or those of all operators with commas between; of a webhook its scheme and host.';
comment on column ops.messages.subscription_id is 'The subscription that a confirmation of the room policy is about.';
comment on column ops.messages.content is 'What it says; null if its room says it when it is sent.';
comment on column ops.messages.message_id is
  'Given before the first attempt, without its angle brackets: the same one whenever it is tried again. What came twice is known by it.';

create view policy.messages as
select
  m.id, m.kind, m.recipient, m.subscription_id, m.message_id, m.status, m.attempts, m.next_attempt_at, m.claimed_by,
  m.last_error, m.sent_at, m.created_at, m.room
from ops.messages m
where m.room = 'policy'
with local check option;
alter view policy.messages alter column room set default 'policy';
comment on view policy.messages is 'Mails of this room: what is to be sent, and what was.';

create function policy.follow_message() returns trigger language plpgsql as $$
begin
  update policy.email_alerts a
  set status = case when new.status in ('sent', 'failed') then new.status else 'pending' end, sent_at = new.sent_at
  where a.message_id = new.id
    and a.status = case when old.status = 'failed' then 'failed' else 'pending' end;
  return null;
end;
$$;
comment on function policy.follow_message() is 'What a message told is sent, or failed, in the transaction in which the message is.';
create trigger follow_message
  after update of status on ops.messages
  for each row
  when (new.room = 'policy' and new.status <> old.status and (new.status in ('sent', 'failed') or old.status = 'failed'))
  execute function policy.follow_message();

-- ---- incidents ----

create table ops.incidents (
  id               bigint      not null generated always as identity,
  room             text        not null,
  flow             text        not null,
  scope            text        not null,
  cause            text        not null,
  run_id           bigint,
  since            timestamptz not null,
  detail           text        not null,
  opened_at        timestamptz not null,
  told_at          timestamptz,
  closed_at        timestamptz,
  recovery_told_at timestamptz,
  is_dismissed     boolean     not null default false,
  constraint incidents_pkey primary key (id),
  constraint incidents_cause_known check (cause in ('failed', 'partial', 'held', 'overdue', 'flapping', 'dead')),
  constraint incidents_closed_after_opened check (closed_at >= opened_at),
  constraint incidents_recovery_of_a_closed_one check (recovery_told_at is null or closed_at is not null),
  constraint incidents_dismissed_are_closed check (not is_dismissed or closed_at is not null)
);
comment on table ops.incidents is 'What operators are told of, once when it begins and once when it is over.';
comment on column ops.incidents.cause is
  'failed, partial: the last run; held: a person has to decide; overdue: no run came; flapping: records go and return; dead: failed for long.';
comment on column ops.incidents.run_id is 'The last run that shows it; null if there is none, or it is no longer kept.';
comment on column ops.incidents.since is 'When the trouble began.';
comment on column ops.incidents.told_at is 'When a message of it was made; null if it was over before that, or nobody is to be told.';
comment on column ops.incidents.is_dismissed is 'A person closed it: it opens again only with a later run.';

-- "Is it known already?" Of each cause one is open.
create unique index incidents_open_idx on ops.incidents (room, flow, scope, cause) where closed_at is null;
-- "What is to be told?" is asked every tick.
create index incidents_untold_idx on ops.incidents (id) where told_at is null or (closed_at is not null and recovery_told_at is null);
-- "Did a person dismiss it?"
create index incidents_dismissed_idx on ops.incidents (room, flow, scope, cause) where is_dismissed;
-- "Which runs went wrong lately?" is asked every tick.
create index runs_trouble_idx on ops.runs (finished_at) where status in ('failed', 'partial');
-- What is no longer kept is not resumed any more; the rest of its chain goes the same night.
alter table ops.runs
  drop constraint runs_resumes_fkey,
  add constraint runs_resumes_fkey foreign key (resumes) references ops.runs (id) on delete set null;
-- Is a run resumed by another one? Whoever deletes a run asks.
create index runs_resumes_idx on ops.runs (resumes) where resumes is not null;
