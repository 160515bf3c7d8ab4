-- Says what committing a page would do, and does nothing: the dry run.
-- In:  scope text (the region); part text (directory: datasets are left alone; null: all);
--      records bytea: JSON in UTF-8 [{id, content_hash, …}], one per id
-- Out: one row: added, updated, unchanged, restored
with record as (
  select * from jsonb_to_recordset(convert_from(:?records::bytea, 'UTF8')::jsonb) as r (id text, content_hash text)
)
select
  count(*) filter (where held.id is null) as added,
  count(*) filter (where held.retired_at is null and held.content_hash <> record.content_hash) as updated,
  count(*) filter (where held.retired_at is null and held.content_hash = record.content_hash) as unchanged,
  count(*) filter (where held.retired_at is not null) as restored
from record
left join catalog.socrata_datasets held on held.region = :?scope and held.id = record.id
where :?part::text is null
