-- Deletes some of what was harvested of a source that was removed.
-- In:  source bigint; most integer (rows of each table, so that no lock is held for long)
-- Out: one row: deleted; 0 if nothing of it is left but the rows that harvest/delete-source deletes
with dataset as (
  select d.id from harvest.datasets d where d.source_id = :?source::bigint limit :?most::integer
),
change as (
  delete from harvest.changes c using dataset where c.dataset_id = dataset.id returning c.number
),
-- Who reads changes by number, and was not there yet, is told that some are missing.
noted as materialized (
  select harvest.note_deleted_changes((select max(c.number) from change c))
),
deleted_dataset as (
  delete from harvest.datasets d using dataset where d.id = dataset.id returning 1
),
version as (
  delete from harvest.versions v
  where (v.source_id, v.dataset_id, v.valid_to) in (
    select o.source_id, o.dataset_id, o.valid_to from harvest.versions o where o.source_id = :?source::bigint limit :?most::integer)
  returning 1
),
record as (
  delete from harvest.records r
  where (r.source_id, r.key) in (
    select o.source_id, o.key from harvest.records o where o.source_id = :?source::bigint limit :?most::integer)
  returning 1
),
pending as (
  delete from harvest.pending_mappings p where p.source_id = :?source::bigint
),
sighting as (
  delete from harvest.sightings g
  where (g.source_id, g.key) in (
    select o.source_id, o.key from harvest.sightings o where o.source_id = :?source::bigint limit :?most::integer)
  returning 1
)
select
  (select count(*) from change) + (select count(*) from deleted_dataset) + (select count(*) from version)
    + (select count(*) from record) + (select count(*) from sighting) as deleted
from noted
