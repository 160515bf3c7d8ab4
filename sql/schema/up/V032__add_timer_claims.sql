-- A time of a timer is claimed until its work is done: that of a node that died with it, another one takes over.

alter table ops.timers
  add column claimed_by text,
  add column work       text,
  add constraint timers_claimed_with_a_work check ((claimed_by is null) = (work is null));
comment on column ops.timers.claimed_by is 'The node, by its id, that is at work for this time; null when that is done, and for walks, whose runs are taken over.';
comment on column ops.timers.work is 'The endpoint of the route that does it; null when that is done.';

-- Runs that were lost are abandoned for all rooms alike now.
drop function if exists names.abandon_lost_loads();
