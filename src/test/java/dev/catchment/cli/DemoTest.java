package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli.Said;
import dev.catchment.postgres.embedded.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole main job with no network, on an embedded server of its own; each test goes on where the last one ended. */
@Tag("process")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
    private static final Path RECORDED = Path.of("..", "shared", "data", "discovery", "assets-us-2022-07-23.jsonl.gz");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Cli cli;

    @BeforeAll
    static void create() throws IOException {
        cli = Cli.embedded("cli-demo");
        Programs.share(cli.data().resolve("demo/postgres"));
    }

    @Test
    @Order(1)
    void crawls_the_built_in_catalogue_and_shows_what_is_held() {
        String out = cli.run("demo").endsWith(0).out();
        assertThat(out).contains("crawl us: succeeded", "seen 350: added 347", "rejected 3");
        assertThat(out).contains("The database now holds 347 datasets of 12 domains,");
        assertThat(out.lines().filter(line -> line.startsWith("  psql "))).hasSize(3);
    }

    @Test
    @Order(2)
    void twice_is_unchanged() throws IOException {
        JsonNode run = json(cli.run("demo", "--json").endsWith(0));
        assertThat(run.get("seen").asInt()).isEqualTo(350);
        assertThat(run.get("unchanged").asInt()).isEqualTo(347);
        for (String none : List.of("added", "updated", "retired", "restored")) {
            assertThat(run.get(none).asInt()).as(none).isZero();
        }
    }

    @Test
    @Order(3)
    void with_faults_nothing_is_lost() throws IOException {
        JsonNode run = json(cli.run("demo", "--faults", "--fresh", "--json").endsWith(0));
        assertThat(run.get("status").asText()).isEqualTo("succeeded");
        assertThat(run.get("unchanged").asInt()).isEqualTo(347);
        assertThat(run.get("rejected").asInt()).isEqualTo(3);
        assertThat(run.get("retired").asInt()).isZero();
    }

    @Test
    @Order(4)
    void verify_finds_no_difference_in_it() {
        Cli held = cli.with("DATA_DIR", cli.data().resolve("demo").toString());
        assertThat(held.run("verify", "catalog").endsWith(0).out()).contains("347 datasets of 12 domains");
        assertThat(held.run("runs").endsWith(0).lines()).hasSize(4);
        assertThat(held.run("datasets", "search", "--source", "socrata-us", "--limit", "1000")
                        .endsWith(0)
                        .lines())
                .as("what a command crawled is findable without a service")
                .hasSize(348);
    }

    @Test
    @Order(5)
    void the_recorded_catalogue_is_held_whole() throws IOException {
        assumeTrue(Files.exists(RECORDED), "the recorded catalogue is not on this machine: " + RECORDED);
        String out = cli.run("demo", "--data", RECORDED.toString()).endsWith(0).out();
        assertThat(out).contains("The database now holds 12,662 datasets of 299 domains,");
        JsonNode run =
                json(cli.run("demo", "--data", RECORDED.toString(), "--json").endsWith(0));
        assertThat(run.get("unchanged").asInt()).isEqualTo(12_662);
    }

    @Test
    @Order(6)
    void url_leaves_the_server_running_and_the_next_command_stops_it() throws Exception {
        Cli held = cli.with("DATA_DIR", cli.data().resolve("demo").toString());
        Path up = held.data().resolve("postgres").resolve("cluster").resolve("postmaster.pid");
        assertThat(up).doesNotExist();
        assertThat(held.process("url")).startsWith("postgresql://");
        assertThat(up).exists();
        held.run("runs").endsWith(0);
        assertThat(up).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ckan", "csw"})
    @Order(7)
    void a_source_of_a_kind_is_walked_with_faults_and_shown(String kind) throws IOException {
        Programs.share(cli.data().resolve("demo-" + kind + "/postgres"));
        String out = cli.run("demo", "--kind", kind, "--faults").endsWith(0).out();
        assertThat(out).contains("walk demo: succeeded", "seen 36: added 36");
        assertThat(out)
                .contains(
                        "The database now holds 36 datasets of 4 publishers with 36 distributions; 0 datasets are retired.");
        assertThat(out.lines().filter(line -> line.startsWith("  psql "))).hasSize(3);
        assertThat(json(cli.run("demo", "--kind", kind, "--fresh", "--json").endsWith(0))
                        .get("unchanged")
                        .asInt())
                .isEqualTo(36);
    }

    @Test
    @Order(8)
    void a_kind_without_made_up_records_says_which_have_some() {
        assertThat(cli.run("demo", "--kind", "socrata-discovery").endsWith(2).err())
                .contains("There are no made-up records of the kind socrata-discovery");
    }

    private static JsonNode json(Said said) throws IOException {
        assertThat(said.lines()).hasSize(1);
        JsonNode run = JSON.readTree(said.out());
        assertThat(run.fieldNames())
                .toIterable()
                .containsExactly(("run room flow scope mode status seen added updated "
                                + "unchanged retired restored rejected skipped bytes seconds cursor error note")
                        .split(" "));
        return run;
    }
}
