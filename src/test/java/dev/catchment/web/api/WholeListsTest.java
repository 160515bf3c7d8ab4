package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRows;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists that grow without bound begin as fast as they would if they were short, and are of one moment. */
class WholeListsTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private static final int ROWS = 30_000;
    private static final int SEVERAL_PAGES = 4 * RowStream.PAGE;
    /** What one page may sort. */
    private static final double FEW = 10L * RowStream.PAGE;

    private final Contract contract = new Contract();

    /** Many of each thing of which there are more from day to day. */
    private static void insert() {
        String many = " from generate_series(1, " + ROWS + ") n";
        TestDatabase.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at,"
                        + " finished_at) select 'harvest', 'walk', 'north', 'manual', 'full', 'succeeded', 'here', now(), now(), now(), now()"
                        + many);
        TestDatabase.execute(
                "insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, records)"
                        + " select 1, n + 3, now(), 'https://portal.example/' || n, 200, 1, 12, 345, 2" + many);
        TestDatabase.execute(
                "insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)"
                        + " select r, n::text, 'k', 'bad-date', 'error', 'x', '{}', now() from generate_series(1, 2) r, generate_series(1, "
                        + ROWS + ") n");
        insertDatasets(ROWS);
        TestDatabase.execute("insert into registry.sources (provider, source_key, name, url, raw)"
                + " select 'socrata', 'many-' || n, 'Portal', 'https://portal.example', '{}'" + many);
        TestDatabase.execute("insert into registry.assets (asset_key, source_id, name, updated_at, raw, content_hash)"
                + " select 'many-' || n, 1, 'Asset ' || n, now(), '{}', '\\x00'" + many);
        TestDatabase.execute(
                "insert into names.slices (dataset_id, year, gender, source_id, row_count, births, is_living, added, changed,"
                        + " removed, ranks_at, loaded_at) select d.id, y, 'F', d.source_id, 2, 300, true, 2, 0, 0, now(), now()"
                        + " from names.datasets d, generate_series(1900, 1949) y");
        TestDatabase.execute("insert into names.names (dataset_id, country_id, year, name, name_key, gender, count)"
                + " select d.id, d.country_id, 1900 + n % 50, 'Name' || n, 'NAME' || n, 'F', 5 from names.datasets d, generate_series(1, "
                + ROWS + ") n");
        TestDatabase.execute("refresh materialized view names.name_statistics");
        TestDatabase.execute("insert into names.jobs (dataset_id, type, status, completed_at)"
                + " select d.id, 'parse_dataset', 'completed', now() from names.datasets d, generate_series(1, " + ROWS
                + ") n");
        TestDatabase.execute("vacuum analyze");
    }

    private static void insertDatasets(int rows) {
        TestDatabase.execute(
                "insert into harvest.datasets (source_id, key, title, content_hash, first_seen_at, changed_at, last_changed_at)"
                        // All of one moment, as one import leaves them.
                        + " select 1 + n % 2, 'many-' || n, 'Title ' || n, md5(n::text) || md5(n::text), now(), now(), now() from generate_series(1, "
                        + rows + ") n");
        TestDatabase.execute("insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)"
                + " select id, source_id, 'added', '{}', 1, now() from harvest.datasets where key like 'many-%'");
        TestDatabase.execute("analyze harvest.changes");
        TestDatabase.execute("select harvest.publish_changes()");
    }

    @TestFactory
    List<DynamicTest> no_page_of_a_list_sorts_all_of_it() {
        Map<String, String> rows = WebRows.insert(WEB.database());
        insert();
        return lists().map(list -> DynamicTest.dynamicTest(list.id(), () -> sortsFew(list, rows)))
                .toList();
    }

    private Stream<Operation> lists() {
        return contract.operations().stream()
                .filter(operation -> operation.isList() && operation.method().equals("get") && !operation.isFeed());
    }

    private void sortsFew(Operation list, Map<String, String> rows) throws Exception {
        Statement statement = statement(list);
        Map<String, Object> parameters = parameters(list, rows);
        try (Connection connection = WEB.database().dataSource().getConnection()) {
            parameters.put("most", RowStream.PAGE);
            for (int page = 0; page < 3; page++) {
                JsonNode plan = plan(connection, statement, parameters);
                assertThat(sorted(plan)).as(plan.toPrettyString()).isLessThan(FEW);
                List<Map<String, Object>> found = statement.rows(connection, parameters);
                if (found.size() < RowStream.PAGE) {
                    return;
                }
                parameters.put(
                        "after", found.get(found.size() - 1).get("page_key").toString());
            }
        }
    }

    /** The one that its route names. */
    private static Statement statement(Operation list) {
        return ((ModelCamelContext) WEB.service().camel())
                .getRouteDefinitions().stream()
                        .map(RouteDefinition::getTemplateParameters)
                        .filter(route -> route != null && list.id().equals(route.get("operation")))
                        .map(route -> Statement.load((String) route.get("statement")))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<String, Object> parameters(Operation list, Map<String, String> rows) {
        Map<String, Object> parameters = new HashMap<>();
        String room = list.path().split("/")[3];
        for (Parameter parameter : list.parameters()) {
            String row = rows.getOrDefault(room + " " + parameter.name(), rows.get(parameter.name()));
            String given = parameter.name().equals("country") ? "us" : row;
            parameters.put(parameter.ofStatement(), parameter.value(parameter.isRequired() ? given : null));
        }
        return parameters;
    }

    private static JsonNode plan(Connection connection, Statement statement, Map<String, Object> parameters)
            throws Exception {
        Statement explained = new Statement(
                statement.name(),
                "explain (analyze, timing off, summary off, format json) " + statement.sql(),
                statement.parameters());
        Object plan = explained
                .rows(connection, parameters)
                .get(0)
                .values()
                .iterator()
                .next();
        return new ObjectMapper().readTree(plan.toString()).get(0).path("Plan");
    }

    /** The most rows that any step of a plan sorts. */
    private static double sorted(JsonNode plan) {
        double most = 0;
        for (JsonNode part : plan.path("Plans")) {
            most = Math.max(most, sorted(part));
            if (plan.path("Node Type").asText().endsWith("Sort")) {
                most = Math.max(
                        most,
                        part.path("Actual Rows").asDouble()
                                * part.path("Actual Loops").asDouble());
            }
        }
        return most;
    }

    @Test
    void a_list_of_many_pages_has_each_row_once() {
        WebRows.insert(WEB.database());
        insertDatasets(SEVERAL_PAGES);
        for (String path : List.of("/api/v1/datasets.csv?fields=id", "/api/v1/datasets.csv?fields=id&sort=title")) {
            assertThat(WEB.get(path).text().lines().skip(1))
                    .doesNotHaveDuplicates()
                    .hasSize(SEVERAL_PAGES + 4);
        }
        assertThat(WEB.get("/api/v1/changes.csv?fields=number&after=100")
                        .text()
                        .lines()
                        .skip(1)
                        .map(Long::valueOf))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(SEVERAL_PAGES + 8 - 100);
    }

    /** By relevance, pages end after the best 2,000. */
    @Test
    void a_file_has_all_that_a_search_finds_and_as_many_rows_as_its_limit() {
        WebRows.insert(WEB.database());
        insertDatasets(SEVERAL_PAGES);
        TestDatabase.execute("select harvest.fill_search(id) from harvest.sources");
        assertThat(WEB.get("/api/v1/datasets.csv?fields=id&q=title")
                        .text()
                        .lines()
                        .skip(1))
                .doesNotHaveDuplicates()
                .hasSize(SEVERAL_PAGES);
        assertThat(WEB.get("/api/v1/datasets.csv?fields=id&limit=2")
                        .text()
                        .lines()
                        .skip(1))
                .hasSize(2);
        assertThat(WEB.get("/api/v1/datasets.ndjson?fields=id&limit=2&q=title")
                        .text()
                        .lines())
                .hasSize(2);
    }

    /** What is changed meanwhile is what it was when the list began. */
    @Test
    void a_list_is_of_one_moment() throws Exception {
        WebRows.insert(WEB.database());
        insertDatasets(SEVERAL_PAGES);
        try (RowStream rows = RowStream.open(
                WEB.database().dataSource(),
                Statement.load("harvest/list-found-datasets"),
                new HashMap<>(Map.of("sort", "title")))) {
            rows.next();
            WEB.execute("update harvest.datasets set title = 'zz' || title");
            int seen = 1;
            for (; rows.hasNext(); seen++) {
                assertThat(rows.next().get("title").toString()).doesNotStartWith("zz");
            }
            assertThat(seen).isEqualTo(SEVERAL_PAGES + 4);
        }
    }
}
