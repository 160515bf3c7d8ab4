-- Counts what the registry holds, and what must not be there.
-- In:  nothing
-- Out: one row: sources, assets, without_source (must be 0), waiting (must be 0 while no file is being seeded)
select
  (select count(*) from registry.sources) as sources,
  (select count(*) from registry.assets) as assets,
  (select count(*) from registry.assets a where not exists (select from registry.sources s where s.id = a.source_id))
    as without_source,
  (select count(*) from registry.orphans) as waiting
