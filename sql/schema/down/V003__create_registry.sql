-- Takes the registry away.

drop table registry.files;
drop table registry.orphans;
drop table registry.assets;
drop table registry.sources;
drop schema registry;

-- A run is about what it filled: the next seed begins anew.
delete from ops.runs where room = 'registry';
