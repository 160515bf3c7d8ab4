package dev.catchment.sql;

import java.util.List;

/** All of ours that a database holds, as text for people to review: what the catalogue of PostgreSQL knows. */
final class SchemaDump {
    private static final String OURS = " not in ('pg_catalog', 'information_schema', 'pg_toast', 'public')";

    private static final List<String> QUERIES = List.of(
            "select format('schema %s -- %s', nspname, obj_description(oid)) from pg_namespace where nspname" + OURS
                    + " order by 1",
            """
            select format('%s %s.%s%s%s -- %s',
              case when c.relispartition then 'partition' when c.relkind in ('r', 'p') then 'table' when c.relkind = 'v' then 'view'
                when c.relkind = 'S' then 'sequence' else c.relkind::text end,
              n.nspname, c.relname, ' by ' || pg_get_partkeydef(c.oid), ' with (' || array_to_string(c.reloptions, ', ') || ')',
              obj_description(c.oid))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind not in ('i', 'I', 'c', 't') and n.nspname""" + OURS + " order by n.nspname, c.relkind, c.relname",
            """
            select format('column %s.%s.%s %s%s%s -- %s', n.nspname, c.relname, a.attname,
              format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
              case when a.attidentity <> '' then ' identity' else ' default ' || pg_get_expr(d.adbin, d.adrelid) end,
              col_description(c.oid, a.attnum))
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relkind in ('r', 'p', 'v') and not c.relispartition and a.attnum > 0 and not a.attisdropped and n.nspname""" + OURS + " order by n.nspname, c.relname, a.attnum",
            """
            select format('constraint %s %s on %s: %s', n.nspname, o.conname, c.relname, pg_get_constraintdef(o.oid))
            from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
            where o.contype <> 'n' and not c.relispartition and n.nspname""" + OURS + " order by n.nspname, c.relname, o.contype, o.conname",
            "select format('index %s', indexdef) from pg_indexes where not (select c.relispartition from pg_class c"
                    + " where c.oid = format('%I.%I', schemaname, tablename)::regclass) and schemaname" + OURS
                    + " order by indexdef",
            "select format(E'view %s.%s as\\n%s', schemaname, viewname, pg_get_viewdef(format('%I.%I', schemaname, viewname)::regclass, true))"
                    + " from pg_views where schemaname" + OURS + " order by 1",
            "select format('function %s', p.oid::regprocedure) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                    + " where not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
                    + " and n.nspname" + OURS + " order by 1",
            "select format('trigger %s on %s', tgname, tgrelid::regclass) from pg_trigger where not tgisinternal order by 1",
            "select format('in public: %s', relname) from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relname not like 'flyway_schema_history%' order by 1",
            "select format('type %s', t.oid::regtype) from pg_type t where t.typnamespace = 'public'::regnamespace"
                    + " and t.typrelid = 0 and t.typelem = 0 order by 1");

    private SchemaDump() {}

    static String of(ScratchDatabase scratch) {
        StringBuilder dump = new StringBuilder();
        QUERIES.forEach(query -> scratch.texts(query)
                .forEach(line -> dump.append(line.replaceFirst(" -- $", "").stripTrailing())
                        .append('\n')));
        return dump.toString();
    }
}
