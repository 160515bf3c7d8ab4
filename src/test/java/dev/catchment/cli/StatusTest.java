package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How things stand, and what they stand on. */
class StatusTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_status");

    @Test
    void status_shows_every_room_and_what_needs_a_person() throws Exception {
        RIG.execute("truncate ops.incidents");
        assertThat(RIG.run("status").endsWith(0).lines())
                .anyMatch(line -> line.matches("catalog +crawl +us +never .*\\d{4}-\\d\\d-\\d\\dT.*"))
                .anyMatch(line -> line.matches("harvest +walk +never .*"))
                .anyMatch(line -> line.matches("policy +watch +never .*"))
                .contains("Nothing needs a person.");
        RIG.execute("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
                  finished_at, error)
                values ('catalog', 'crawl', 'us', 'cli', 'full', 'n', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z', 'succeeded',
                  '2026-01-01Z', null),
                ('catalog', 'crawl', 'us', 'cli', 'full', 'n', '2026-01-02Z', '2026-01-02Z', '2026-01-02Z', 'failed',
                  '2026-01-02Z', 'the network was down');
                insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
                  finished_at)
                select 'harvest', 'walk', 's' || n, 'timer', 'full', 'n', '2026-01-03Z', '2026-01-03Z', '2026-01-03Z',
                  'succeeded', '2026-01-03Z' from generate_series(1, 30) n;
                insert into ops.incidents (room, flow, scope, cause, since, detail, opened_at)
                values ('catalog', 'crawl', 'us', 'failed', '2026-01-02Z', 'the network was down', '2026-01-02Z')""");
        assertThat(RIG.run("status").endsWith(0).lines())
                .anyMatch(line -> line.matches("catalog +crawl +us +failed +2 +2026-01-01T00:00:00Z .* 1"))
                .anyMatch(line -> line.matches("harvest +walk +succeeded +32 +2026-01-03T00:00:00Z .* 0"))
                .anyMatch(line -> line.contains("the network was down"))
                .filteredOn(line -> line.startsWith("harvest"))
                .hasSize(1);
        JsonNode status = new ObjectMapper()
                .readTree(RIG.run("status", "--json").endsWith(0).out());
        assertThat(status.get("incidents").get(0).get("cause").asText()).isEqualTo("failed");
        assertThat(status.get("flows"))
                .anyMatch(flow -> flow.get("room").asText().equals("registry"));
    }

    @Test
    void doctor_finds_nothing_wrong_where_nothing_is() {
        Cli.Said said =
                RIG.cli().with("DATA_DIR", "/tmp").run("doctor", "--offline").endsWith(0);
        assertThat(said.lines())
                .anyMatch(line -> line.startsWith("ok    java"))
                .anyMatch(line -> line.startsWith("ok    database     PostgreSQL "))
                .anyMatch(line -> line.startsWith("ok    schema"))
                .anyMatch(line -> line.startsWith("ok    clock"))
                .anyMatch(line -> line.startsWith("ok    api_readonly"))
                .noneMatch(line -> line.startsWith("fail") || line.startsWith("warn  rights"))
                .anyMatch(line -> line.startsWith("ok    rights"))
                .contains("skip  network      Left out by --offline.");
    }

    @Test
    void doctor_says_what_is_wrong_and_ends_with_1() throws Exception {
        assertThat(RIG.cli()
                        .with("CATALOG_PAGE_SIZE", "0")
                        .run("doctor", "--offline")
                        .endsWith(1)
                        .out())
                .contains("fail  settings     CATALOG_PAGE_SIZE=0 is not allowed.");
        assertThat(RIG.cli()
                        .with("DATABASE_URL", "postgresql://me:sesame@127.0.0.1:1/open")
                        .with("POSTGRES_CONNECTION_TIMEOUT", "250ms")
                        .run("doctor", "--offline")
                        .endsWith(1)
                        .out())
                .contains("fail  database")
                .doesNotContain("sesame");
        int closed;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = any.getLocalPort();
            assertThat(RIG.cli()
                            .with("WEB_PORT", String.valueOf(closed))
                            .run("doctor", "--offline", "--json")
                            .out())
                    .contains("\"state\":\"warn\",\"finding\":\"web.port=" + closed
                            + " is taken or not allowed on 127.0.0.1.\"");
        }
        assertThat(RIG.cli()
                        .with("CATALOG_US_URL", "http://127.0.0.1:" + closed)
                        .with("CATALOG_EU_URL", "http://127.0.0.1:" + closed)
                        .run("doctor")
                        .endsWith(1)
                        .out())
                .contains("fail  network      127.0.0.1:" + closed + " cannot be reached (catalog.us.url)");
    }
}
