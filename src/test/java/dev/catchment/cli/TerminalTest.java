package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal sees and presses, with an embedded server that must not be left running. */
@Tag("process")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerminalTest {
    private static final Pattern UNDER_WAY = Pattern.compile("\\[\\?7l[1-9]\\d* records, ");

    private static final String CTRL_C = "\3";

    private static Path data;

    @BeforeAll
    static void create() throws IOException {
        assumeTrue(CrawlProcess.hasTerminals(), "script and env of util-linux and coreutils are not on this machine");
        data = Cli.embedded("cli-terminal").data();
        Programs.share(data.resolve("demo/postgres"));
    }

    private static CrawlProcess start(String latency, String... arguments) {
        return CrawlProcess.onTerminal(
                Map.of(
                        "database.url",
                        "",
                        "data.dir",
                        data.toString(),
                        "catalog.stand-in.latency",
                        latency,
                        "catalog.crawl-on-start",
                        "never"),
                arguments);
    }

    private static void expectServerIsDown(String folder) {
        assertThat(data.resolve(folder).resolve("postgres/cluster/PG_VERSION")).exists();
        assertThat(data.resolve(folder).resolve("postgres/cluster/postmaster.pid"))
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    @Order(1)
    void ctrl_c_lets_a_crawl_finish_its_page_however_often_it_is_pressed(int times) {
        try (CrawlProcess demo = start("1s", "demo", "--fresh")) {
            Await.until(
                    "it is under way",
                    demo::standardOutput,
                    screen -> UNDER_WAY.matcher(screen).find());
            for (int i = 0; i < times; i++) {
                demo.type(CTRL_C);
            }
            assertThat(demo.exitCode()).as(demo.standardOutput()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(demo.standardOutput())
                    .contains("Stopping: work in progress is committed first.", "crawl us: stopped (run ");
        }
        expectServerIsDown("demo");
    }

    @Test
    @Order(2)
    void ctrl_c_while_a_command_starts_leaves_nothing_running() {
        try (CrawlProcess demo = start("1s", "demo")) {
            Await.until("the server is up", demo::standardOutput, screen -> screen.contains("Started the embedded"));
            demo.type(CTRL_C);
            assertThat(demo.exitCode()).as(demo.standardOutput()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(demo.standardOutput()).doesNotContain("catchment: ", "Exception", "crawl us:");
        }
        expectServerIsDown("demo");
    }

    @Test
    @Order(3)
    void ctrl_c_ends_the_service() {
        try (CrawlProcess service = start("0ms", "run")) {
            Await.until("it is up", service::standardOutput, screen -> screen.contains("Manage:"));
            service.type(CTRL_C);
            assertThat(service.exitCode()).as(service.standardOutput()).isEqualTo(ExitCode.INTERRUPTED);
        }
        expectServerIsDown("");
    }

    @Test
    @Order(4)
    void a_crawl_goes_on_to_its_end_and_leaves_no_bar_behind() {
        try (CrawlProcess demo = start("300ms", "demo")) {
            assertThat(demo.exitCode()).as(demo.standardOutput()).isZero();
            assertThat(screen(demo.standardOutput()))
                    .contains("crawl us: succeeded")
                    .doesNotContain(" records, ", " a second");
            assertThat(demo.standardOutput()).contains(" records, ");
        }
        expectServerIsDown("demo");
    }

    @ParameterizedTest
    @CsvSource({"no, 1, Nothing was undone.", "yes, 0, Undid 1 step."})
    @Order(5)
    void schema_down_asks(String answer, int code, String said) {
        try (CrawlProcess up = start("0ms", "schema", "up")) {
            assertThat(up.exitCode()).as(up.standardOutput()).isZero();
        }
        try (CrawlProcess down = start("0ms", "schema", "down")) {
            Await.until("it asks", down::standardOutput, screen -> screen.contains("Type yes to continue: "));
            down.type(answer + "\n");
            assertThat(down.exitCode()).as(down.standardOutput()).isEqualTo(code);
            assertThat(down.standardOutput()).contains("DELETES THE DATA", said);
        }
    }

    /** What stays of what was written: a line that begins anew is written over. */
    private static String screen(String written) {
        return written.replaceAll("\u001b\\[\\?7[lh]", "")
                .replaceAll("[^\n\r]*\r(?=[^\n])", "")
                .replace("\u001b[K", "");
    }
}
