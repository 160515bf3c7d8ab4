-- Counts what there is in the database, whoever made it.
-- In:  nothing
-- Out: one row: objects (schemas but public, tables, views, indexes and sequences)
select
  (
    select count(*)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') -- of an extension
  )
  + (select count(*) from pg_namespace n where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')) as objects
