-- Takes partial runs away: they become failed ones, which are gone on with too.

update ops.runs set status = 'failed', error = note where status = 'partial';

alter table ops.runs
  drop constraint runs_partial_with_a_note,
  drop constraint runs_status_known,
  add constraint runs_status_known check (status in ('running', 'succeeded', 'failed', 'stopped', 'abandoned'));
