-- Finds a dataset by our id, by source/key, by its key or by the id that its platform gave it, as it is or as it was.
-- In:  dataset text; at timestamptz (null: as it is)
-- Out: one row per dataset of that name: id, source, kind, key, title, is_retired, valid_from, valid_to, state (JSON: its columns
--      and distributions, as of that moment), copies (how many other sources have it); none at that moment: no row
with named as (
  select d.* from harvest.find_dataset(:?dataset) as found (id) join harvest.datasets d on d.id = found.id
),
span as (
  select
    n.id, n.key, n.retired_at is not null as is_retired, n.changed_at as valid_from, null::timestamptz as valid_to,
    jsonb_strip_nulls(to_jsonb(n) - 'id' - 'source_id' || jsonb_build_object('distributions', (
      select jsonb_agg(to_jsonb(f) - 'dataset_id' order by f.position) from harvest.distributions f where f.dataset_id = n.id))) as state
  from named n
  union all
  select v.dataset_id, v.key, v.was_retired, v.valid_from, v.valid_to, v.state
  from named n cross join lateral harvest.versions_of(n.source_id, :?at::timestamptz, n.id) v
  where :?at::timestamptz is not null
)
select
  s.id, o.name as source, o.kind, s.key, s.state ->> 'title' as title, s.is_retired, s.valid_from, s.valid_to,
  s.state::text as state,
  (select count(*) from harvest.copies c where s.id in (c.dataset_id, c.copy_id)) as copies
from span s
join named n on n.id = s.id
join harvest.sources o on o.id = n.source_id
where :?at::timestamptz is null or s.valid_from <= :?at::timestamptz and (s.valid_to is null or :?at::timestamptz < s.valid_to)
order by o.name, s.key
limit 20
