-- Takes the catalogue away, and the views over it.

drop view if exists
  catalog.current_datasets, catalog.dataset_columns, catalog.dataset_metadata, catalog.portals, catalog.dataset_changes;
drop table catalog.dataset_sightings;
drop table catalog.socrata_datasets;
drop table catalog.socrata_agencies;
drop table catalog.socrata_domains;
drop table catalog.socrata_hosts;
drop schema catalog;

-- A run is about what it filled: the next crawl begins anew, and does not go on into empty tables.
delete from ops.runs where room = 'catalog';
