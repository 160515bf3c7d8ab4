-- How far the changes of datasets were published to a topic of Kafka.

create table harvest.topics (
  name         text   not null,
  after        bigint not null default 0,
  claimed_by   text,
  published_at timestamptz,
  constraint topics_pkey primary key (name),
  constraint topics_after_not_negative check (after >= 0)
);
comment on table harvest.topics is 'Topics that changes are published to, each from a number of its own.';
comment on column harvest.topics.after is
  'The last change that is known to be there. What was sent last before a publisher died, the topic itself says.';
comment on column harvest.topics.claimed_by is 'The worker that publishes there; one at a time.';
