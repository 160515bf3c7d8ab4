-- A time of a timer is claimed until its work is done: that of a node that died with it, another one takes over.

alter table ops.timers
  add column claimed_by text,
  add column work       text,
  add column takeovers  integer not null default 0,
  add constraint timers_work_is_a_route check (work ~ '^direct:[a-z0-9-]+$'),
  add constraint timers_claimed_with_a_work check ((claimed_by is null) = (work is null));
comment on column ops.timers.claimed_by is 'The node, by its id, that is at work for this time; null when that is done, or a run of its own is under way.';
comment on column ops.timers.takeovers is 'How many nodes took it over from one that died with it: what kills whoever does it is not handed to all of them.';
comment on column ops.timers.work is 'The endpoint of the route that does it; null when that is done.';
