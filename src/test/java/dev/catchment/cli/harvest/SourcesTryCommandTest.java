package dev.catchment.cli.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.harvest.DemoRecords;
import dev.catchment.support.KindServer;
import dev.catchment.support.PageServer;
import dev.catchment.support.ServedPage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcesTryCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_sources_try");

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Nobody waits for turns at this machine. */
    private static final String FAST = "requests-per-second=100";

    @BeforeEach
    void empty() throws Exception {
        RIG.execute("truncate harvest.sources cascade; delete from harvest.kinds; delete from ops.hosts");
    }

    private static Cli.Said tried(String... arguments) {
        Stream<String> all = Stream.concat(Stream.of("sources", "try", "--option", FAST), Stream.of(arguments));
        return RIG.cli().with("HARVEST_HTTP_ALLOW_PRIVATE", "127.0.0.1").run(all.toArray(String[]::new));
    }

    private static void nothingWasWritten() {
        assertThat(RIG.texts("select 'source' from harvest.sources union all select name from harvest.kinds"
                        + " union all select 'run' from ops.runs union all select 'record' from harvest.records"))
                .isEmpty();
    }

    static Stream<String> kinds() {
        return DemoRecords.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_source_of_each_kind_shows_what_would_be_kept(String kind) throws Exception {
        try (KindServer server = KindServer.start(new Kinds("").get(kind).kind())) {
            server.standIn().serve(DemoRecords.of(kind));
            JsonNode said = JSON.readTree(
                    tried(server.url(), "--kind", kind, "--json").endsWith(0).out());
            assertThat(said.get("kind").asText()).isEqualTo(kind);
            assertThat(said.get("records")).hasSize(5).allSatisfy(record -> {
                assertThat(record.get("key").asText()).isNotBlank();
                assertThat(record.get("title").asText()).isNotBlank();
                assertThat(record.get("publisher").asText()).isNotBlank();
                assertThat(record.get("problem").isNull()).isTrue();
                assertThat(record.get("mapped").get("title")).isEqualTo(record.get("title"));
            });
        }
        nothingWasWritten();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_kind_is_guessed_by_what_the_source_answers(String kind) throws Exception {
        try (KindServer server = KindServer.start(new Kinds("").get(kind).kind())) {
            server.standIn().serve(DemoRecords.of(kind));
            Cli.Said said = tried(server.url() + "/portal");
            if (kind.equals("jsonapi-re3data")) {
                assertThat(said.endsWith(1).err())
                        .as("there is one, and nothing shows it")
                        .contains("is of no kind");
            } else {
                assertThat(said.endsWith(0).out())
                        .contains("is of the kind %s (".formatted(kind), "title", "Nothing was written. To add it:")
                        .contains("catchment sources add %s http://127.0.0.1:".formatted(kind));
            }
        }
        nothingWasWritten();
    }

    @Test
    void the_url_of_the_api_itself_says_the_kind_and_where_the_portal_begins() throws Exception {
        try (KindServer server = KindServer.start(new Kinds("").get("ckan").kind())) {
            server.standIn().serve(DemoRecords.of("ckan"));
            JsonNode said = JSON.readTree(tried(server.url() + "/data/api/3/action/package_search?q=a", "--json")
                    .endsWith(0)
                    .out());
            assertThat(said.get("url").asText()).isEqualTo(server.url() + "/data");
            assertThat(said.get("total").asInt()).isEqualTo(36);
            assertThat(said.get("tried")).isEmpty();
            assertThat(said.get("command").asText())
                    .startsWith("catchment sources add ckan %s/data --name ".formatted(server.url()))
                    .endsWith(" --option " + FAST);
            RIG.run(said.get("command").asText().replace("catchment ", "").split(" "))
                    .endsWith(0);
            JsonNode again = JSON.readTree(
                    tried(said.get("url").asText(), "--json").endsWith(0).out());
            assertThat(again.get("records")).as("also where it is held").isEqualTo(said.get("records"));
        }
        assertThat(RIG.texts("select kind from harvest.sources where removed_at is null"))
                .containsExactly("ckan");
    }

    @Test
    void where_no_kind_fits_it_says_what_was_tried() {
        try (PageServer server = PageServer.start()) {
            server.serve("/api/3/action/status_show", ServedPage.html("<html><body>Sign in</body></html>"));
            Cli.Said said = tried(server.url("/")).endsWith(1);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .contains("is of no kind that could be tried", "Tried:")
                    .containsPattern("ckan +http://127.0.0.1:\\d+/api/3/action/status_show +\\S+")
                    .containsPattern("dcat-us +http://127.0.0.1:\\d+/data.json +.*404");
        }
        nothingWasWritten();
    }

    @Test
    void a_host_that_does_not_answer_is_asked_once() throws Exception {
        JsonNode said =
                JSON.readTree(tried("http://127.0.0.1:1", "--json").endsWith(1).out());
        assertThat(said.get("kind").isNull()).isTrue();
        assertThat(said.get("tried")).hasSize(1);
        assertThat(said.get("tried").get(0).get("problem").asText()).contains("No connection");
        assertThat(List.of(
                        tried("portal").endsWith(2).err(),
                        tried("http://127.0.0.1:1", "--kind", "ckna")
                                .endsWith(2)
                                .err(),
                        tried("http://127.0.0.1:1", "--kind", "socrata-discovery")
                                .endsWith(2)
                                .err()))
                .satisfiesExactly(
                        err -> assertThat(err).contains("url=portal is not allowed"),
                        err -> assertThat(err).contains("kind=ckna is not allowed"),
                        err -> assertThat(err).contains("another room keeps their records"));
    }
}
