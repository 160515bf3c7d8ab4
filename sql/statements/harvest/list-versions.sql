-- Lists what happened to a dataset, the latest first.
-- In:  dataset uuid; after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per change: changed_at, change (added, changed, retired, restored, renamed, mapped, undone), is_noise,
--      fields text[], key and title (of the state that ended), valid_from (of it; null for the first), run, page_key
with happened as (
  select
    v.valid_to as changed_at, v.cause as change, v.is_noise, v.changed_fields as fields, v.key, v.state ->> 'title' as title,
    v.valid_from, v.run_id as run
  from harvest.datasets d
  cross join lateral harvest.versions_of(d.source_id, null, d.id) v
  where d.id = :?dataset::uuid
  union all
  select d.first_seen_at, 'added', false, '{}', d.key, null, null, min(c.run_id)
  from harvest.datasets d
  left join harvest.changes c on c.dataset_id = d.id and c.change = 'added'
  where d.id = :?dataset::uuid
  group by d.id
)
select h.*, jsonb_build_array(h.changed_at, h.change) as page_key
from happened h
where :?after::text is null
  or (h.changed_at, h.change collate "C") < ((:?after::jsonb ->> 0)::timestamptz, :?after::jsonb ->> 1)
order by h.changed_at desc, h.change collate "C" desc
limit :?most::bigint
