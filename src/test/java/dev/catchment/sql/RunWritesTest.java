package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.connection.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A statement that writes for a run writes while it is running, and changes nothing of it afterwards. */
class RunWritesTest {
    private static final Pattern WRITES =
            Pattern.compile("\\b(insert into|update|delete from|ops\\.(count_run|close_run|keep_\\w+))\\b");

    private static final String REQUEST =
            "{\"sequence\":1,\"requested_at\":\"2025-01-01T00:00:00Z\",\"url\":\"u\",\"status\":200,"
                    + "\"attempts\":1,\"milliseconds\":1,\"bytes\":1,\"first_key\":\"2222-2222\",\"last_key\":\"2222-2222\",\"cursor_key\":\"2222-2222\",\"records\":1}";
    private static final Map<String, Object> BATCH =
            Map.of("records", "[]", "raws", "", "rejects", "[]", "request", REQUEST, "skipped", 0);

    /** Each statement with its parameters, but for the run. */
    private static final Map<String, Map<String, Object>> OF_OTHERS = Map.of(
            "catalog/upsert-page",
            with(BATCH, "scope", "us"),
            "catalog/retire-absent-datasets",
            Map.of("scope", "us", "ids", "[\"2222-2222\"]"),
            "ops/close-run",
            Map.of("status", "stopped", "complete", false, "handed_over", true),
            "registry/upsert-batch",
            with(BATCH, "unchanged", 0, "again", 0),
            "registry/merge-orphans",
            Map.of(),
            "names/open-staging",
            Map.of("job", "$job", "dataset", "$dataset"),
            "names/insert-figures",
            Map.of(
                    "dataset",
                    "$dataset",
                    "years",
                    "1990",
                    "genders",
                    "F",
                    "counts",
                    "5",
                    "spellings",
                    "Mary",
                    "keys",
                    "MARY",
                    "rejects",
                    "[]"),
            "names/merge-dataset",
            Map.of(
                    "job",
                    "$job",
                    "worker",
                    "w",
                    "attempt",
                    1,
                    "figures",
                    1,
                    "births",
                    5,
                    "large_from",
                    10,
                    "passed",
                    0,
                    "rejected",
                    0,
                    "bytes",
                    1),
            "policy/merge-renormalised",
            Map.of(
                    "made",
                    "{\"source\":\"$source\",\"worker\":\"w\",\"run\":1,\"old_version\":\"$version\",\"normaliser\":\"2\"}"),
            "policy/merge-check",
            Map.of(
                    "found",
                    "{\"source\":\"$source\",\"worker\":\"w\",\"run\":1,\"fetched_at\":\"2025-01-01T00:00:00Z\",\"url\":\"https://a.example/n\","
                            + "\"next_check_at\":\"2025-01-02T00:00:00Z\",\"outcome\":\"failed\",\"cause\":\"gone\","
                            + "\"message\":\"m\",\"alarm_after\":3}"));

    private static final Map<String, Map<String, Object>> OF_HARVEST = Map.ofEntries(
            Map.entry("harvest/upsert-page", with(BATCH, "source", 1L)),
            Map.entry("harvest/settle-datasets", Map.of("source", 1L, "is_complete", true, "most", 5)),
            Map.entry("harvest/insert-walk", Map.of("source", 1L, "walk", "{\"is_complete\":true}")),
            Map.entry("harvest/retire-datasets", Map.of("source", 1L, "keys", "[\"k\"]", "reason", "gone")),
            Map.entry(
                    "harvest/upsert-retirement",
                    Map.of("source", 1L, "keys", "[\"k\"]", "held", 1L, "reason", "too many")),
            Map.entry("harvest/close-retirement", Map.of("source", 1L, "is_confirmed", true)),
            Map.entry("harvest/update-superseded-retirement", Map.of("source", 1L)),
            Map.entry(
                    "harvest/update-walked-source",
                    Map.of("source", 1L, "kind", "parks", "url", "https://x", "options", "{}", "declaration", "{}")),
            Map.entry("harvest/undo-rename", Map.of("source", 1L, "rename", 1L)),
            Map.entry("catalog/undo-run", Map.of("undone", 3L)),
            Map.entry("export/update-run", Map.of("counts", "{\"seen\":1,\"skipped\":0,\"bytes\":1}")),
            Map.entry("catalog/insert-plan", Map.of("scope", "us")),
            Map.entry("catalog/insert-planned-page", with(BATCH, "scope", "us")),
            Map.entry("catalog/update-planned-retirements", Map.of("scope", "us", "ids", "[\"2222-2222\"]")),
            Map.entry("catalog/close-plan", Map.of()),
            Map.entry("catalog/take-plan", Map.of("scope", "us", "plan", "$crawl")),
            Map.entry("harvest/undo-run", Map.of("source", 1L, "undone", 2L)),
            Map.entry("harvest/remap-datasets", Map.of("source", 1L, "most", 5)),
            Map.entry("harvest/retire-source", Map.of("source", 1L, "most", 5)),
            Map.entry(
                    "harvest/upsert-sources", with(BATCH, "sources", "[]", "activate", false, "spread", 0, "again", 0)),
            Map.entry("harvest/insert-plan", Map.of("source", 1L)),
            Map.entry("harvest/upsert-planned-records", with(BATCH, "source", 1L)),
            Map.entry("harvest/insert-spared-records", Map.of("source", 1L, "keys", "[\"k\"]")),
            Map.entry("harvest/close-plan", Map.of("walk", "{\"is_complete\":true}")),
            Map.entry("harvest/apply-plan", Map.of("source", 1L, "plan", "$plan", "most", 5)));

    private static final Map<String, Map<String, Object>> OF_NODES = Map.of(
            "ops/update-failed-page",
            Map.of("error", "broken"),
            "ops/take-host-turn",
            Map.of("host", "example.org", "gap_ms", 1000));

    private static final Map<String, Map<String, Object>> TRIALS = Stream.of(OF_OTHERS, OF_HARVEST, OF_NODES)
            .flatMap(some -> some.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final List<String> NAMES = TRIALS.keySet().stream().sorted().toList();

    /** They open runs, claim what is claimed by something else for one, or write for the runs of a process or those that are over. */
    private static final Set<String> OTHERS = Set.of("ops/open-run", "policy/open-next-check", "registry/upsert-file");

    private static ScratchDatabase scratch;

    @BeforeAll
    static void fill() throws SQLException {
        scratch = ScratchDatabase.withSchema("run_writes");
        scratch.execute(
                "insert into ops.runs (id, room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at, heartbeat_at)"
                        + " overriding system value values (1, 'r', 'f', 's', 't', 'full', 'n', 'w', now(), now(), now())");
        scratch.execute("select ops.beat('{w}')");
        scratch.execute("insert into catalog.socrata_datasets"
                + " (region, id, domain, host, name, content_hash, raw, first_seen_at, last_changed_at)"
                + " values ('us', '2222-2222', 'd', 'd', 'n', repeat('0', 64), '{}', now(), now())");
        scratch.execute(
                "insert into harvest.kinds (name, hash, declaration, mapping, query)"
                        + " select 'parks', repeat('0', 64), '{}', m, harvest.query_of(m) from (select 'select key as title' as m) k");
        scratch.execute("insert into harvest.sources (name, kind, url, host) values ('s', 'parks', 'https://s', 's')");
        scratch.execute("insert into harvest.datasets (source_id, key, content_hash, first_seen_at, changed_at,"
                + " last_changed_at) values (1, 'k', repeat('0', 64), now(), now(), now())");
        scratch.execute("insert into harvest.records (source_id, key, raw, content_hash, first_seen_at, changed_at,"
                + " dataset_id) select 1, key, '{}', repeat('0', 64), now(), now(), id from (values ('k'), ('new')) r (key)"
                + " left join harvest.datasets d using (key)");
        scratch.execute("insert into harvest.retirements (source_id, run_id, keys, held, reason, held_back_at)"
                + " values (1, 1, '{k}', 1, 'r', now())");
        scratch.execute("insert into harvest.plans (source_id, run_id, hash, base, created_at)"
                + " values (1, 1, '', harvest.base_of(1), now())");
        scratch.execute("insert into catalog.plans (region, run_id, base, created_at, is_complete)"
                + " values ('us', 1, catalog.base_of('us'), now(), true)");
        scratch.execute("insert into registry.sources (provider, source_key, raw) values ('socrata', 's', '{}')");
        scratch.execute("insert into registry.orphans (run_id, position, record) values (1, '1',"
                + " '{\"key\":\"2222-2222\",\"source_key\":\"s\",\"name\":\"n\",\"raw\":{},\"hash\":\"00\"}')");
        scratch.execute(
                "insert into names.datasets (filename, file_path, file_size, format, sha256, source_id, country_id)"
                        + " select 'f', 'p', 1, 'us_ssa', repeat('0', 64), id, country_id from names.sources where code = 'us-ssa'");
        scratch.execute("insert into names.jobs (type, dataset_id) select 'parse_dataset', id from names.datasets");
        scratch.database().rows("names/open-next-job", Map.of("worker", "w"));
        scratch.execute("select names.open_staging(id) from names.datasets");
        scratch.execute("select names.stage_rows(id, '1990', 'F', 'Mary', 'MARY', '5') from names.datasets");
        scratch.execute("insert into policy.sources (name, country, visa_type, url, fetch_type)"
                + " values ('n', 'GB', 'work', 'https://a.example/n', 'html')");
        scratch.execute("update policy.sources set claimed_by = 'w'");
        scratch.execute("insert into policy.snapshots (sha256, bytes, body) values (repeat('0', 64), 1, 'b')");
        scratch.execute(
                "insert into policy.policy_versions (source_id, sequence, content_hash, raw_text, links_hash, snapshot,"
                        + " normaliser_version, chain_hash, fetched_at, content_length, fetch_duration)"
                        + " select id, 1, repeat('0', 64), 'b', repeat('0', 64), repeat('0', 64), '1', repeat('0', 64), now(), 1, 1"
                        + " from policy.sources");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    @Test
    void every_statement_that_writes_for_a_run_is_tried_here() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : StatementsTest.statements()) {
            String sql = Files.readString(Path.of("sql", "statements").resolve(name + ".sql"))
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            boolean isForARun =
                    sql.contains(":?run::") || sql.contains("update ops.runs ") || sql.contains("ops.count_run(");
            if (isForARun && WRITES.matcher(sql).find() && !OTHERS.contains(name)) {
                found.add(name);
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void it_writes_while_the_run_is_running_and_nothing_afterwards(String name) throws SQLException {
        assertThat(written(name, "running")).as("the trial itself").isNotEmpty();
        for (String status : List.of("abandoned", "stopped", "succeeded", "failed", "partial")) {
            assertThat(written(name, status)).as(status).isEmpty();
        }
    }

    /** The tables that another content has afterwards. */
    private static List<String> written(String name, String status) throws SQLException {
        try (Connection connection = scratch.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (java.sql.Statement statement = connection.createStatement()) {
                if (!status.equals("running")) {
                    statement.execute(
                            "update ops.runs set error = 'e', note = 'n', finished_at = heartbeat_at, status = '"
                                    + status + "'");
                }
                if (name.equals("catalog/insert-plan")) {
                    statement.execute("delete from catalog.plans"); // a run has one
                }
                Map<String, String> before = contents(statement);
                Statement.load(name).rows(connection, parameters(name));
                Map<String, String> after = contents(statement);
                return new ArrayList<>(after.keySet().stream()
                        .filter(table -> !after.get(table).equals(before.get(table)))
                        .toList());
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Map<String, Object> parameters(String name) {
        Map<String, Object> parameters = new HashMap<>();
        TRIALS.get(name)
                .forEach((key, value) -> parameters.put(key, value instanceof String text ? filled(text) : value));
        for (String bytes : List.of("records", "raws", "sources")) {
            parameters.computeIfPresent(
                    bytes, (key, value) -> ((String) value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        parameters.put("run", 1L);
        return parameters;
    }

    private static String filled(String text) {
        return text.replace("$job", one("names.jobs"))
                .replace("$dataset", one("names.datasets"))
                .replace("$source", one("policy.sources"))
                .replace("$plan", one("harvest.plans"))
                .replace("$crawl", one("catalog.plans"))
                .replace("$version", one("policy.policy_versions"));
    }

    private static String one(String table) {
        return scratch.texts("select id from " + table).get(0);
    }

    private static Map<String, String> contents(java.sql.Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select schemaname || '.' || tablename from pg_tables"
                + " where schemaname in ('ops', 'catalog', 'registry', 'names', 'policy', 'harvest', 'staging')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        Map<String, String> contents = new HashMap<>();
        for (String table : tables) {
            try (ResultSet rows = statement.executeQuery(
                    "select coalesce(string_agg(t::text, ';' order by t::text), '') from " + table + " t")) {
                rows.next();
                contents.put(table, rows.getString(1));
            }
        }
        statement.execute("select 1"); // else the last table stays in use, and none could be changed below
        return contents;
    }

    private static Map<String, Object> with(Map<String, Object> some, Object... more) {
        Map<String, Object> all = new HashMap<>(some);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }
}
