-- Finds the two states of a dataset between which it changed.
-- In:  dataset text (its id); at timestamptz (the moment of the change)
-- Out: one row: before, after (JSON: columns and distributions; null: it was not there yet, or the state is not kept)
with dataset as (
  select d.* from harvest.datasets d where d.id::text = :?dataset
),
state as (
  select v.valid_from, v.valid_to, v.state
  from dataset d cross join lateral harvest.versions_of(d.source_id, null, d.id) v
  union all
  select d.changed_at, null, jsonb_strip_nulls(to_jsonb(d) - 'id' - 'source_id' || jsonb_build_object('distributions', (
    select jsonb_agg(to_jsonb(f) - 'dataset_id' order by f.position) from harvest.distributions f where f.dataset_id = d.id)))
  from dataset d
)
select
  (select s.state::text from state s where s.valid_to = :?at::timestamptz order by s.valid_from desc limit 1) as before,
  (select s.state::text from state s where s.valid_from = :?at::timestamptz order by s.valid_to limit 1) as after
from dataset
