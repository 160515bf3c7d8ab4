-- Several nodes over one database: who they are, which of them answers for a time of a timer, and one budget a host for all.

create table ops.nodes (
  id             text        not null,
  name           text        not null,
  rooms          text[]      not null,
  version        text        not null,
  step           integer     not null,
  started_at     timestamptz not null,
  heartbeat_at   timestamptz not null,
  lease          interval    not null,
  draining_since timestamptz,
  drained_at     timestamptz,
  stays          boolean     not null default false,
  reason         text,
  constraint nodes_pkey primary key (id),
  constraint nodes_lease_positive check (lease > interval '0'),
  constraint nodes_draining_has_a_reason check ((draining_since is null) = (reason is null))
);
comment on table ops.nodes is 'The processes of catchment run: each has a row from its start to its end, and a day longer if it ends without a word.';
comment on column ops.nodes.id is 'Host, process and start: host:pid/start, with which the names of its workers begin. Never given twice.';
comment on column ops.nodes.name is 'Host and process: host:pid, for people.';
comment on column ops.nodes.rooms is 'node.rooms: what it works on; empty: all rooms.';
comment on column ops.nodes.version is 'Of its program.';
comment on column ops.nodes.step is 'The last step of the schema that its program knows.';
comment on column ops.nodes.draining_since is 'Since when it begins nothing new; set by itself, or by who wants it to.';
comment on column ops.nodes.drained_at is 'Since when it holds nothing any more; it has a row until it ends.';
comment on column ops.nodes.stays is 'Whether it stays up when it is drained, and answers reads.';

create table ops.timers (
  name      text        not null,
  fired_for timestamptz not null,
  node      text        not null,
  constraint timers_pkey primary key (name)
);
comment on table ops.timers is 'The last time of each timer that one of all nodes answered for.';
comment on column ops.timers.fired_for is 'By its cron, not by the clock of the node.';
comment on column ops.timers.node is 'Who answered: host:pid.';

create table ops.handovers (
  run_id bigint not null,
  constraint handovers_pkey primary key (run_id),
  constraint handovers_run_id_fkey foreign key (run_id) references ops.runs (id) on delete cascade
);
comment on table ops.handovers is 'Runs that were stopped because their process ends: another node may resume them at once.';

-- ---- hosts ----

-- A program one step older goes on asking for turns by the old name.
alter table harvest.hosts set schema ops;
comment on table ops.hosts is 'Whose turn is when: one budget a host, over all rooms that walk and all processes.';
create view harvest.hosts as select host, next_request_at from ops.hosts;
comment on view harvest.hosts is 'ops.hosts, by the name that programs before it know.';
