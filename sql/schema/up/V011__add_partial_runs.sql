-- A run that came to an end which is not proven to be the end of its scope is partial.

alter table ops.runs
  drop constraint runs_status_known,
  add constraint runs_status_known
    check (status in ('running', 'succeeded', 'partial', 'failed', 'stopped', 'abandoned')),
  add constraint runs_partial_with_a_note check (status <> 'partial' or note is not null);
