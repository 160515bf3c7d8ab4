-- Forgets the history of the catalogue.

drop view if exists catalog.field_changes, catalog.portal_changes, catalog.run_changes, catalog.changes;
drop function if exists
  catalog.undo_run(bigint, bigint, timestamptz), catalog.runs_upon(bigint), catalog.touched_by(bigint),
  catalog.datasets_at(timestamptz), catalog.raw_of(catalog.versions), catalog.state_of(catalog.socrata_datasets),
  catalog.changed_fields(catalog.socrata_datasets, catalog.socrata_datasets), catalog.beside_columns(jsonb), catalog.columns_of(jsonb),
  catalog.sorted(jsonb), catalog.is_noise(text[]);

drop table catalog.versions;

alter table catalog.socrata_datasets drop column changed_at;
