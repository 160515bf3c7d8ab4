-- Deletes a source that was removed, once nothing that was harvested of it is left.
-- In:  source bigint
-- Out: one row: name; none if it was not removed before
with rename as (
  delete from harvest.renames where source_id = :?source::bigint
),
ambiguity as (
  delete from harvest.ambiguities where source_id = :?source::bigint
),
retirement as (
  delete from harvest.retirements where source_id = :?source::bigint
),
plan as (
  delete from harvest.plans where source_id = :?source::bigint
),
walk as (
  delete from harvest.walks where source_id = :?source::bigint
)
delete from harvest.sources where id = :?source::bigint and removed_at is not null returning name
