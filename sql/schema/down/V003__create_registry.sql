-- Takes the registry away.

drop table registry.files;
drop table registry.orphans;
drop table registry.assets;
drop table registry.sources;
drop schema registry;
