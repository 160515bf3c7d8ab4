package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.Summary;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void runs_are_listed_by_room_failure_and_age() {
        assertThat(cli.run("runs", "--room", "catalog", "--failed", "--json")
                        .endsWith(0)
                        .lines())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("\"run\":2", "\"failed\"");
        assertThat(cli.run("runs", "--room", "names").endsWith(0).out()).contains("There is no such run.");
        assertThat(cli.run("runs", "--since", "2026-01-02").endsWith(0).lines()).hasSize(3);
        assertThat(cli.run("runs", "--since", "2026-01-03").endsWith(0).out()).contains("There is no such run.");
        assertThat(cli.run("runs", "2", "--failed").endsWith(2).err()).contains("cannot be combined with an ID");
        assertThat(cli.run("runs", "--since", "last week").endsWith(2).err()).contains("--since takes a day");
    }

    @Test
    void rejects_are_written_whole_as_ndjson_and_csv() throws Exception {
        scratch.execute("""
                insert into ops.runs (id, room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
                  finished_at, rejected)
                overriding system value
                values (77, 'registry', 'seed', 'x', 'cli', 'full', 'n', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z',
                  'succeeded', '2026-01-01Z', 2500);
                insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
                select 77, 'line ' || n, null, case when n % 2 = 0 then 'even' else 'odd' end, 'error',
                  'It says "no", twice', case n when 2 then '=1+2' else E'{\\n}' end, '2026-01-01Z' from generate_series(1, 2500) n""");
        Path file = TemporaryFolder.create("rejects").resolve("new").resolve("rejects.csv");
        try {
            assertThat(cli.run("rejects", "77", "--format", "csv", "--out", file.toString())
                            .endsWith(0)
                            .err())
                    .contains("2,500 rejects written to");
            assertThat(Files.readString(file))
                    .startsWith("run,position,key,reason,severity,message,record,rejected_at\r\n"
                            + "77,line 1,,odd,error,\"It says \"\"no\"\", twice\",\"{\n}\",2026-01-01T00:00:00Z\r\n")
                    .contains("77,line 2500,")
                    .as("what a spreadsheet would take for a formula stays as it is")
                    .contains(",=1+2,2026-01-01T00:00:00Z\r\n");
            List<String> even =
                    cli.run("rejects", "77", "--reason", "even").endsWith(0).lines();
            assertThat(even).hasSize(1250);
            JsonNode first = new ObjectMapper().readTree(even.get(0));
            assertThat(first.path("position").asText()).isEqualTo("line 2");
            assertThat(first.path("record").asText()).isEqualTo("=1+2");
            assertThat(cli.run("rejects", "999").err()).contains("No run 999.");
        } finally {
            scratch.execute("delete from ops.runs where id = 77");
        }
    }

    @Test
    void alerts_list_what_is_open_and_a_person_may_dismiss_it() throws Exception {
        assertThat(cli.run("alerts").endsWith(0).out()).contains("there is no open incident");
        scratch.execute("""
                insert into ops.incidents (room, flow, scope, cause, run_id, since, detail, opened_at, closed_at)
                values ('catalog', 'crawl', 'eu', 'failed', 2, '2026-01-02Z', 'the network was down', '2026-01-02Z', null),
                  ('catalog', 'crawl', 'us', 'failed', 1, '2026-01-01Z', 'the network was down', '2026-01-01Z', '2026-01-02Z')""");
        String incident = scratch.texts("select id from ops.incidents where closed_at is null")
                .get(0);
        assertThat(cli.run("alerts", "--room", "catalog").endsWith(0).lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("crawl", "eu", "failed", "the network was down");
        assertThat(cli.run("alerts", "--room", "names").endsWith(0).out()).contains("there is no open incident");
        assertThat(cli.run("alerts", "--all", "--json").endsWith(0).lines()).hasSize(2);
        assertThat(cli.run("alerts", "--dismiss", incident).endsWith(0).out()).contains("there is no open incident");
        assertThat(cli.run("alerts", "--dismiss", incident).endsWith(2).err())
                .contains("No incident " + incident + " is open.");
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
