package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.Summary;
import dev.catchment.sql.ScratchDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked of a database that holds two runs of our making. */
class LedgerCommandsTest {
    private static final String RUNS = """
            insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
              finished_at, is_complete, seen, added, rejected, error)
            values
              ('catalog', 'crawl', 'us', 'cli', 'full', 'n', '2026-01-02T00:00Z', '2026-01-02T00:00Z',
               '2026-01-02T00:00:01Z', 'succeeded', '2026-01-02T00:00:01Z', true, 3, 2, 1, null),
              ('catalog', 'crawl', 'eu', 'cli', 'full', 'n', '2026-01-02T00:00Z', '2026-01-02T00:00Z',
               '2026-01-02T00:00:02Z', 'failed', '2026-01-02T00:00:02Z', false, 0, 0, 0, 'the network was down');
            insert into ops.requests values (1, 1, '2026-01-02T00:00Z', 'http://a.example', 200, 1, 5, 9, 'a', 'c', 3);
            insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
            values (1, 'page 1, record 2', 'bbbb-2222', 'no-name', 'error', 'It has no name.', '{}', '2026-01-02T00:00Z');
            """;

    private static ScratchDatabase scratch;
    private static Cli cli;

    @BeforeAll
    static void create() throws Exception {
        scratch = ScratchDatabase.create("cli_ledger");
        cli = Cli.on(scratch.connectionUrl());
        cli.run("schema", "up").endsWith(0);
        scratch.execute(RUNS);
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    @Test
    void runs_lists_the_latest_first() {
        assertThat(cli.run("runs").endsWith(0).lines())
                .hasSize(3)
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("run  room").contains("scope", "status", "started_at"),
                        eu -> assertThat(eu).startsWith("2 ").contains("failed"),
                        us -> assertThat(us).startsWith("1 ").contains("catalog", "succeeded", "2026-01-02T00:00:00Z"));
        assertThat(cli.run("runs", "--limit", "1").endsWith(0).lines()).hasSize(2);
    }

    @Test
    void the_old_name_of_limit_is_accepted_with_a_warning_and_not_shown() {
        Cli.Said said = cli.run("runs", "--most", "1").endsWith(0);
        assertThat(said.lines()).hasSize(2);
        assertThat(said.err()).containsOnlyOnce("WARN: --most is deprecated").contains("Use --limit.");
        assertThat(cli.run("runs", "--limit", "1").err()).doesNotContain("deprecated");
        assertThat(cli.run("runs", "--help").endsWith(0).out())
                .contains("--limit=N", "Default: 20.")
                .doesNotContain("--most");
        assertThat(cli.run("names", "top", "--help").endsWith(0).out()).contains("Default: 10.");
        assertThat(cli.run("policy", "show", "--help").endsWith(0).out()).contains("Default: 5.");
    }

    @Test
    void runs_fit_80_columns_and_are_shown_whole_when_asked() throws Exception {
        String sha256 = "0123456789abcdef".repeat(4);
        scratch.execute("""
                insert into ops.runs (id, room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at,
                  status, finished_at, seen, added)
                overriding system value
                values (12345, 'registry', 'renormalise', '%s', 'cli', 'full', 'n', '2026-01-01Z', '2026-01-01Z',
                  '2026-01-01Z', 'succeeded', '2026-01-01T01:23:45.678Z', 20000000, 20000000)""".formatted(sha256));
        try {
            assertThat(cli.run("runs").endsWith(0).lines())
                    .allMatch(line -> line.length() <= 80, "at most 80 columns")
                    .anyMatch(
                            line -> line.contains("12345  registry  renormal") && line.contains("0123456…  succeeded"));
            assertThat(cli.run("runs", "--wide").endsWith(0).out())
                    .contains("unchanged", "rejected", sha256, "renormalise");
        } finally {
            scratch.execute("delete from ops.runs where id = 12345");
        }
    }

    @Test
    void an_empty_ledger_says_so() throws Exception {
        try (ScratchDatabase empty = ScratchDatabase.create("cli_ledger_empty")) {
            Cli fresh = Cli.on(empty.connectionUrl());
            fresh.run("schema", "up").endsWith(0);
            assertThat(fresh.run("runs").endsWith(0).lines())
                    .containsExactly("The ledger is empty: nothing has run yet.");
            assertThat(fresh.run("runs", "--json").endsWith(0).out()).isEmpty();
        }
    }

    @Test
    void runs_with_an_id_shows_its_pages_and_rejects() {
        assertThat(cli.run("runs", "1").endsWith(0).out()).contains("succeeded", "first_key", "no-name", "bbbb-2222");
        assertThat(cli.run("runs", "2").endsWith(0).out()).contains("the network was down");
    }

    @Test
    void runs_with_an_id_shows_its_moments_in_utc() {
        assertThat(cli.run("runs", "1").endsWith(0).lines())
                .anyMatch(line -> line.matches("started_at +2026-01-02T00:00:00Z"))
                .anyMatch(line -> line.matches("finished_at +2026-01-02T00:00:01Z"))
                .anyMatch(line -> line.matches("1 +2026-01-02T00:00:00Z .*"));
    }

    @Test
    void runs_with_an_id_as_json_is_one_object_with_its_pages_and_rejects() throws Exception {
        List<String> lines = cli.run("runs", "1", "--json").endsWith(0).lines();
        assertThat(lines).hasSize(1);
        JsonNode run = new ObjectMapper().readTree(lines.get(0));
        assertThat(run.get("requests")).hasSize(1);
        assertThat(run.get("requests").get(0).get("requested_at").asText()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(run.get("rejects")).hasSize(1);
        assertThat(run.get("rejects").get(0).get("reason").asText()).isEqualTo("no-name");
        assertThat(new ObjectMapper()
                        .readTree(cli.run("runs", "2", "--json").out())
                        .get("rejects"))
                .isEmpty();
    }

    @Test
    void a_run_whose_heartbeat_stopped_is_doubted() throws Exception {
        scratch.execute("""
                insert into ops.runs (id, room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at, heartbeat_at)
                overriding system value
                values
                  (77, 'catalog', 'crawl', 'dead', 'cli', 'full', 'n', 'n/1', '2026-01-01Z', '2026-01-01Z', now()),
                  (78, 'catalog', 'crawl', 'alive', 'cli', 'full', 'n', 'n/2', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z');
                select ops.beat('{n/1,n/2}');
                update ops.workers set heartbeat_at = now() - lease where id = 'n/1'""");
        try {
            assertThat(cli.run("runs").endsWith(0).lines())
                    .anyMatch(line -> line.matches("77 .* running\\? .*"))
                    .anyMatch(line -> line.matches("78 .* running .*"));
            assertThat(cli.run("runs", "77").out()).contains("running?");
            assertThat(cli.run("runs", "77", "--json").out()).contains("\"status\":\"running\"", "\"is_stale\":true");
        } finally {
            scratch.execute("delete from ops.runs where id in (77, 78); delete from ops.workers");
        }
    }

    @Test
    void runs_with_an_unknown_id_is_wrong_use() {
        assertThat(cli.run("runs", "99").endsWith(2).err()).contains("No run 99.");
    }

    @Test
    void runs_as_json_is_one_object_a_line_and_nothing_else() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (String line : cli.run("runs", "--json").endsWith(0).lines()) {
            JsonNode run = json.readTree(line);
            assertThat(run.fieldNames()).toIterable().containsAll(Summary.FIELDS);
            assertThat(run.get("started_at").asText()).isEqualTo("2026-01-02T00:00:00Z");
        }
        assertThat(cli.run("runs", "--json").lines()).hasSize(2);
        assertThat(cli.run("runs", "2", "--json").lines()).hasSize(1);
    }

    @Test
    void verify_without_a_complete_crawl_has_nothing_to_compare_with_and_ends_with_1() throws Exception {
        scratch.execute("update ops.runs set is_complete = false");
        try {
            assertThat(cli.run("verify", "catalog").endsWith(1).out())
                    .contains("nothing to compare with", "no crawl is complete so far");
            assertThat(cli.run("verify", "catalog", "--json").endsWith(1).lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("\"difference\":\"nothing to compare with\""));
        } finally {
            scratch.execute("update ops.runs set is_complete = true where id = 1");
        }
    }

    @Test
    void verify_names_a_difference_and_ends_with_1() throws Exception {
        assertThat(cli.run("verify", "catalog").endsWith(0).out()).startsWith("No difference.");
        scratch.execute("update ops.runs set seen = 4 where id = 1");
        try {
            assertThat(cli.run("verify", "catalog").endsWith(1).out())
                    .contains("counts do not add up", "records were lost");
            assertThat(cli.run("verify", "catalog", "--json").endsWith(1).lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("{\"region\":\"us\",\"difference\":"));
        } finally {
            scratch.execute("update ops.runs set seen = 3 where id = 1");
        }
    }

    @Test
    void url_prints_the_address_of_the_database_in_use_and_nothing_else() {
        assertThat(cli.run("url").endsWith(0).lines()).containsExactly(scratch.connectionUrl());
    }
}
