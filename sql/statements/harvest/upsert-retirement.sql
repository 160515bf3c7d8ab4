-- Holds a retirement back until a person decides; the one of its source that is open is updated, if what it holds changed.
-- In:  run bigint; source bigint; keys jsonb [text]; held bigint (datasets that are not retired); reason text
-- Out: one row: retirement; none if it holds the same already, or the run is not running any more: then nothing is written
with run as (
  select id, heartbeat_at from ops.runs where id = :?run::bigint and status = 'running' for key share
)
insert into harvest.retirements as r (source_id, run_id, keys, held, reason, held_back_at)
select
  :?source::bigint, run.id, array(select jsonb_array_elements_text(:?keys::jsonb) order by 1), :?held::bigint, :?reason,
  greatest(now(), run.heartbeat_at)
from run
on conflict (source_id) where decision is null do update
-- The run too: what it found missing was seen by walks before it.
set run_id = excluded.run_id, keys = excluded.keys, held = excluded.held, reason = excluded.reason
where (r.keys, r.held, r.reason) is distinct from (excluded.keys, excluded.held, excluded.reason)
returning id as retirement
