package dev.catchment.support;

import dev.catchment.postgres.Conflict;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/**
 * The PostgreSQL of a test run: the {@link TestServer}, its sessions in an awkward time zone. Each
 * test begins with {@link #empty}.
 */
public final class TestDatabase {
    /** Five hours and three quarters ahead: who mixes local time with UTC is found out. */
    public static final String ZONE = "Asia/Kathmandu";

    /** Releases that were built aside are tables of their own. */
    private static final String NO_RELEASES = """
            do $$
            declare
              release text;
            begin
              for release in
                select tablename from pg_tables where schemaname = 'names' and tablename ~ '^(names|staging)_[0-9a-f]{32}$'
              loop
                execute format('drop table names.%I', release);
              end loop;
              if exists (select from names.name_statistics) then
                refresh materialized view names.name_statistics;
                refresh materialized view names.gender_probabilities;
              end if;
            end $$""";

    /** Pages and their versions, what refers to runs of them, and what is told of them. */
    public static final String POLICIES =
            "policy.sources, policy.snapshots, policy.hosts, policy.fetches, policy.policy_changes, policy.email_alerts, policy.notices, "
                    + "ops.messages, ops.incidents, policy.route_subscriptions, policy.addresses, webhooks.webhooks, "
                    + "webhooks.deliveries, webhooks.policy_changes";

    /** What was harvested, and by which kinds. */
    public static final String HARVEST =
            "harvest.kinds, ops.hosts, harvest.sources, harvest.records, harvest.sightings, "
                    + "harvest.walks, harvest.datasets, harvest.distributions, harvest.versions, harvest.renames, "
                    + "harvest.ambiguities, harvest.copies, harvest.retirements, harvest.changes, harvest.plans, "
                    + "harvest.planned_records, harvest.pending_mappings, harvest.search_documents, harvest.search_runs,"
                    + " harvest.topics, harvest.deleted_changes";

    private static Database database;

    private TestDatabase() {}

    public static synchronized Database get() {
        if (database == null) {
            TimeZone.setDefault(TimeZone.getTimeZone(ZONE)); // the driver makes it the zone of every session
            database = Database.open(TestServer.url().connectionUrl(), null, 0, Pools.of(20));
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            // Nothing but the tests may use up a transaction id.
            execute("alter system set autovacuum = off");
            // And nothing that it holds has to outlive a crash of the machine.
            execute("alter system set synchronous_commit = off");
            execute("alter system set full_page_writes = off");
            execute("select pg_reload_conf()");
            execute("drop schema if exists webhooks cascade");
            execute("drop schema if exists harvest cascade");
            execute("drop schema if exists policy cascade");
            execute("drop schema if exists web cascade");
            execute("drop schema if exists names cascade");
            execute("drop schema if exists registry cascade");
            execute("drop schema if exists catalog cascade");
            execute("drop schema if exists ops cascade");
            execute("drop table if exists public.flyway_schema_history");
            new Schema(database.dataSource()).up();
        }
        return database;
    }

    /** The database with every table empty and every sequence at its start. */
    public static Database empty() {
        Database current = get();
        execute(emptied("ops.workers, ops.nodes, ops.timers, ops.handovers, ops.runs, ops.requests, ops.rejects, "
                + "catalog.socrata_hosts, catalog.socrata_domains, catalog.socrata_agencies, catalog.socrata_datasets, "
                + "catalog.versions, catalog.plans, catalog.planned_pages, catalog.dataset_sightings, registry.sources, "
                + "registry.assets, registry.orphans, registry.files, names.datasets, names.names, names.slices, "
                + "names.jobs, names.stale_views, web.api_keys, web.users, web.sessions, " + HARVEST + ", "
                + POLICIES));
        execute(NO_RELEASES);
        return current;
    }

    /**
     * What empties tables, and all that refer to them, and sets their sequences to the start. Their rows are deleted: to
     * truncate a table costs new files for it and each of its indexes, and every session has to plan anew what it knew of
     * it. A table that has become large is truncated all the same, for nobody vacuums.
     */
    public static String emptied(String tables) {
        return """
                do $$
                declare
                  emptied oid[];
                  written text;
                  small regclass;
                  large text;
                begin
                  -- What refers to a row goes too: no key is to be looked up, and versions, which nobody may delete, go as well.
                  perform set_config('session_replication_role', 'replica', true);
                  with recursive found as (
                    select t::oid as oid from unnest(string_to_array('%s', ', ')::regclass[]) t
                    union
                    select next from found join (
                      select inhparent as oid, inhrelid as next from pg_inherits
                      union all select confrelid, conrelid from pg_constraint where contype = 'f') e using (oid))
                  select array_agg(oid) into emptied from found;
                  perform setval(s.seqrelid, s.seqstart, false) from pg_depend d join pg_sequence s on s.seqrelid = d.objid
                    where d.refclassid = 'pg_class'::regclass and d.refobjid = any(emptied)
                      and pg_sequence_last_value(s.seqrelid) is not null;
                  select string_agg(t::regclass::text, ', ') into written from unnest(emptied) t where pg_relation_size(t) > 0;
                  if written is null then
                    return;
                  end if;
                  -- Who still writes is waited for.
                  execute 'lock table ' || written || ' in share row exclusive mode';
                  select string_agg(t::regclass::text, ', ') into large from unnest(emptied) t where pg_table_size(t) > 500000;
                  if large is not null then
                    execute 'truncate ' || large || ' cascade';
                  end if;
                  for small in select t::regclass from unnest(emptied) t where pg_relation_size(t) > 0 loop
                    execute 'delete from only ' || small;
                  end loop;
                end $$""".formatted(tables);
    }

    /** Does it; once more after a deadlock, for what still runs may hold one of its tables and wait for the next. */
    public static void execute(String sql) {
        try {
            executeOnce(sql);
        } catch (IllegalStateException e) {
            if (!Conflict.isBeneath(e)) {
                throw e;
            }
            executeOnce(sql);
        }
    }

    private static void executeOnce(String sql) {
        try (Connection connection = get().dataSource().getConnection();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + sql, e);
        }
    }

    /** The rows of a query, each by column label. */
    public static List<Map<String, Object>> rows(String sql, Object... values) {
        try (Connection connection = get().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + sql, e);
        }
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** The first column of every row, as text. */
    public static List<String> texts(String sql, Object... values) {
        return rows(sql, values).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    /** The one value of a query of one row, as text. */
    public static String text(String sql, Object... values) {
        List<String> texts = texts(sql, values);
        if (texts.size() != 1) {
            throw new AssertionError(texts.size() + " rows instead of one: " + sql);
        }
        return texts.get(0);
    }

    public static long number(String sql, Object... values) {
        return Long.parseLong(text(sql, values));
    }
}
