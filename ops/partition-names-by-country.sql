-- Partitions names.names by country. When to use it, and what it needs: docs/operations.md, "Names by country".
-- One transaction. Releases with a partition of their own are not rewritten; shared rows are copied. Readers wait.
begin;
set local search_path = pg_catalog; -- so that every definition below names its schema
set local maintenance_work_mem = '512MB';

do $$
begin
  if (select partattrs::text from pg_partitioned_table where partrelid = 'names.names'::regclass)
    <> (select attnum::text from pg_attribute where attrelid = 'names.names'::regclass and attname = 'dataset_id') then
    raise exception 'names.names is not cut by dataset, so there is nothing to do.';
  end if;
end;
$$;

-- No statistics are refreshed and nothing is loaded meanwhile.
select pg_advisory_xact_lock(hashtextextended('names/statistics', 0));
lock table names.names in access exclusive mode;

-- What has to be rebuilt, in this order. A key must include the partition key.
create temp table made_anew on commit drop as
select 1 as place, o.conname::text as thing,
  format('alter table names.names add constraint %I %s', o.conname,
    case o.contype when 'p' then 'primary key (id, dataset_id, country_id)' else pg_get_constraintdef(o.oid) end) as definition
from pg_constraint o
where o.conrelid = 'names.names'::regclass and o.contype in ('p', 'f')
union all
select 2, c.relname,
  case
    when i.indisunique then regexp_replace(replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON '), '\(', '(country_id, ')
    else replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ')
  end
from pg_index i
join pg_class c on c.oid = i.indexrelid
where i.indrelid = 'names.names'::regclass and not i.indisprimary
union all
select 3, 'names', format('comment on table names.names is %L', obj_description('names.names'::regclass, 'pg_class'))
union all
select 4 + (v.matviewname = 'gender_probabilities')::integer, v.matviewname,
  format('create materialized view names.%I as %s', v.matviewname, v.definition)
from pg_matviews v
where v.schemaname = 'names'
union all
select 6, i.indexname, i.indexdef
from pg_indexes i
join pg_matviews v on v.schemaname = i.schemaname and v.matviewname = i.tablename
where i.schemaname = 'names'
union all
select 7, d.objsubid::text,
  case d.objsubid
    when 0 then format('comment on materialized view %s is %L', d.objoid::regclass, d.description)
    else format('comment on column %s.%I is %L', d.objoid::regclass, a.attname, d.description)
  end
from pg_description d
join pg_class c on c.oid = d.objoid and c.relkind = 'm' and c.relnamespace = 'names'::regnamespace
left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
where d.classoid = 'pg_class'::regclass;

create temp table release on commit drop as
select c.relname::text as name, d.id as dataset_id, d.country_id, o.conname::text as primary_key
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
join names.datasets d on pg_get_expr(c.relpartbound, c.oid) like '%' || d.id || '%'
join pg_constraint o on o.conrelid = c.oid and o.contype = 'p'
where i.inhparent = 'names.names'::regclass;

drop materialized view names.gender_probabilities;
drop materialized view names.name_statistics;
create table names.names_by_country (like names.names including defaults including constraints including comments)
  partition by list (country_id);
alter sequence names.names_id_seq owned by names.names_by_country.id;

do $$
declare
  each record;
begin
  for each in select * from release loop
    execute format('alter table names.names detach partition names.%I', each.name);
  end loop;
  alter table names.names detach partition names.names_shared;
  drop table names.names;
  alter table names.names_by_country rename to names;
  for each in select * from made_anew where place <= 3 order by place, thing loop
    execute each.definition;
  end loop;

  for each in select id, lower(code) as code from names.countries loop
    execute format('create table names.names_%s partition of names.names for values in (%L) partition by list (dataset_id)', each.code, each.id);
    execute format(
      'create table names.names_%s_shared partition of names.names_%s default
       with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05)', each.code, each.code);
  end loop;
  for each in select r.*, lower(c.code) as code from release r join names.countries c on c.id = r.country_id loop
    execute format('alter table names.%I drop constraint %I', each.name, each.primary_key);
    execute format('alter table names.names_%s attach partition names.%I for values in (%L)', each.code, each.name, each.dataset_id);
  end loop;

  insert into names.names (id, dataset_id, country_id, year, name, name_key, gender, count, created_at, deleted_at)
  select id, dataset_id, country_id, year, name, name_key, gender, count, created_at, deleted_at from names.names_shared;
  drop table names.names_shared;

  for each in select * from made_anew where place > 3 order by place, thing loop
    execute each.definition;
  end loop;
end;
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'api_readonly') then
    grant select on all tables in schema names to api_readonly;
  end if;
  if exists (select from pg_roles where rolname = 'api_worker') then
    grant select, insert, update on all tables in schema names to api_worker;
  end if;
end;
$$;
analyze names.names;
commit;
