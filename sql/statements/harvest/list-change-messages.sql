-- Lists the changes of datasets in the order of their numbers, as messages of the form that a JSON Schema of the room says.
-- In:  after bigint (the last number that is there); most integer
-- Out: one row per change: number; key (its dataset); message (JSON)
select
  c.number, c.dataset_id::text as key,
  jsonb_build_object(
    'version', 1, 'number', c.number, 'dataset', c.dataset_id, 'source', o.name, 'key', d.key, 'title', d.title,
    'change', c.change, 'fields', c.fields, 'run', c.run_id,
    'changed_at', to_char(c.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text as message
from harvest.changes c
join harvest.sources o on o.id = c.source_id
left join harvest.datasets d on d.id = c.dataset_id
where c.number > :?after::bigint
order by c.number
limit :?most::integer
