-- Drops all that Catchment holds, so that a backup can take its place.
drop schema if exists webhooks, harvest, policy, web, names, registry, catalog, ops cascade;
drop table if exists public.flyway_schema_history;
