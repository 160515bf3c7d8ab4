-- Claims a topic of changes for its one publisher, if there are changes that it is not known to have.
-- In:  topic text; worker text
-- Out: one row: topic, after (the last change that is known to be there), given (no number above it was given yet); none if nothing is new, or another worker publishes
insert into harvest.topics as t (name, claimed_by)
select :?topic, :?worker
where exists (
  select from harvest.changes c
  where c.number > coalesce((select k.after from harvest.topics k where k.name = :?topic), 0))
on conflict (name) do update
set claimed_by = excluded.claimed_by
where t.claimed_by is null or t.claimed_by = excluded.claimed_by or not ops.is_alive(t.claimed_by)
returning t.name as topic, t.after, greatest(
  (select max(c.number) from harvest.changes c),
  pg_sequence_last_value(pg_get_serial_sequence('harvest.changes', 'id')::regclass), 0) as given
