-- Says what committing a page would do, and does nothing: the dry run.
-- In:  source bigint; records bytea: JSON in UTF-8 [{key, hash, …}], one per key
-- Out: one row: added, updated, unchanged, restored
with record as (
  select * from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (key text, hash text)
)
select
  count(*) filter (where held.key is null) as added,
  count(*) filter (where d.retired_at is null and held.content_hash <> record.hash) as updated,
  count(*) filter (where d.retired_at is null and held.content_hash = record.hash) as unchanged,
  count(*) filter (where d.retired_at is not null) as restored
from record
left join harvest.records held on held.source_id = :?source::bigint and held.key = record.key
left join harvest.datasets d on d.id = held.dataset_id
