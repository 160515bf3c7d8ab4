-- Addresses of programs that changes are posted to, each from a cursor of its own.

create schema webhooks;
comment on schema webhooks is 'Changes posted to programs: who wants which, and what was posted.';

create table webhooks.webhooks (
  id            uuid        not null default gen_random_uuid(),
  name          text        not null,
  url           text        not null,
  feed          text        not null,
  filter        jsonb       not null default '{}',
  secret_hash   text        not null,
  after         bigint      not null,
  delivering    uuid,
  is_active     boolean     not null default true,
  stop_reason   text,
  stopped_at    timestamptz,
  failures      integer     not null default 0,
  failing_since timestamptz,
  last_error    text,
  delivered_at  timestamptz,
  created_by    text        not null,
  created_at    timestamptz not null default now(),
  constraint webhooks_pkey primary key (id),
  constraint webhooks_name_key unique (name),
  constraint webhooks_name_form check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  constraint webhooks_feed_known check (feed in ('changes', 'policy')),
  constraint webhooks_filter_is_an_object check (jsonb_typeof(filter) = 'object'),
  constraint webhooks_stop_reason_known check (stop_reason in ('paused', 'gone', 'failing')),
  constraint webhooks_stopped_for_a_reason check (is_active = (stop_reason is null) and is_active = (stopped_at is null)),
  constraint webhooks_failing_since_a_failure check ((failures > 0) = (failing_since is not null)),
  constraint webhooks_failures_not_negative check (failures >= 0)
);
comment on table webhooks.webhooks is 'Where changes are posted to, and how far each receiver has come.';
comment on column webhooks.webhooks.url is 'Its path may be a secret of the receiver: only scheme and host are shown.';
comment on column webhooks.webhooks.feed is 'changes: of datasets; policy: of pages that are watched.';
comment on column webhooks.webhooks.filter is 'Parameters of the feed with the same name; {} for all of it.';
comment on column webhooks.webhooks.secret_hash is
  'SHA-256 of the signing secret, which is derived from WEBHOOK_SECRET and the id and stored nowhere: tells whether that is still the same.';
comment on column webhooks.webhooks.after is 'The cursor: everything up to this number was accepted, or is not wanted.';
comment on column webhooks.webhooks.delivering is 'The message that has to be accepted before the next one is made.';
comment on column webhooks.webhooks.stop_reason is 'paused: by a person; gone: it answered 410; failing: it failed for longer than webhooks.give-up-after.';
comment on column webhooks.webhooks.failures is 'Attempts that failed since one was accepted.';

create table webhooks.deliveries (
  message_id uuid    not null,
  webhook_id uuid    not null,
  after      bigint  not null,
  through    bigint  not null,
  changes    integer not null,
  constraint deliveries_pkey primary key (message_id),
  constraint deliveries_message_fkey foreign key (message_id) references ops.messages (id) on delete cascade,
  constraint deliveries_webhook_fkey foreign key (webhook_id) references webhooks.webhooks (id) on delete cascade,
  constraint deliveries_go_forward check (through > after and changes > 0)
);
comment on table webhooks.deliveries is 'Which changes a message holds; what became of it is in ops.messages.';
-- "The deliveries of this webhook", and the foreign key.
create index deliveries_webhook_idx on webhooks.deliveries (webhook_id);

create table webhooks.policy_changes (
  number    bigint not null generated always as identity,
  change_id uuid   not null,
  constraint policy_changes_pkey primary key (number),
  constraint policy_changes_change_once unique (change_id),
  constraint policy_changes_change_fkey foreign key (change_id) references policy.policy_changes (id) on delete cascade
);
comment on table webhooks.policy_changes is 'Numbers of changes of pages, given after the commit by one at a time: whoever asks for what came after one misses nothing.';

create function webhooks.follow_message() returns trigger language plpgsql as $$
begin
  if new.status = 'sent' then
    update webhooks.webhooks w
    set after = d.through, delivering = null, failures = 0, failing_since = null, last_error = null, delivered_at = new.sent_at
    from webhooks.deliveries d
    where d.message_id = new.id and w.id = d.webhook_id and w.delivering = new.id;
    -- What was accepted can be asked for at any time; a second copy is not needed.
    update ops.messages set content = null where id = new.id;
  else
    update webhooks.webhooks w
    set failures = w.failures + 1, failing_since = coalesce(w.failing_since, clock_timestamp()), last_error = new.last_error,
        is_active = w.is_active and new.status <> 'failed',
        stop_reason = case when new.status = 'failed' then coalesce(w.stop_reason, 'gone') else w.stop_reason end,
        stopped_at = case when new.status = 'failed' then coalesce(w.stopped_at, clock_timestamp()) else w.stopped_at end
    where w.delivering = new.id;
  end if;
  return null;
end;
$$;
comment on function webhooks.follow_message() is
  'An attempt moves the cursor of its webhook, or counts as a failure, in the transaction that notes it.';
create trigger follow_delivery
  after update of status on ops.messages
  for each row
  when (new.room = 'webhooks' and old.status = 'sending' and new.status in ('sent', 'pending', 'failed'))
  execute function webhooks.follow_message();

comment on column ops.messages.status is 'cancelled: there was nothing left to say when it could have been sent, or its webhook is paused.';
