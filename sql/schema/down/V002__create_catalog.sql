-- Takes the catalogue away.

drop table catalog.dataset_sightings;
drop table catalog.socrata_datasets;
drop table catalog.socrata_agencies;
drop table catalog.socrata_domains;
drop table catalog.socrata_hosts;
drop schema catalog;
