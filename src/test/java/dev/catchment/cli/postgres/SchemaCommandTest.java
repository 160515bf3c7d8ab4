package dev.catchment.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.sql.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCommandTest {
    private static final int MIGRATIONS = files("up");
    private static final int STEPS = MIGRATIONS + files("views");

    private static final String OURS =
            "select nspname from pg_namespace where nspname in ('ops', 'catalog', 'registry', 'names', 'policy', 'web') order by 1";

    private static final String FUTURE = """
            insert into public.flyway_schema_history
            values (99, '900', 'create future', 'SQL', 'V900__create_future.sql', 1, 'n', now(), 1, true)""";

    private ScratchDatabase scratch;
    private Cli cli;

    @BeforeEach
    void create() throws IOException {
        scratch = ScratchDatabase.create("cli_schema");
        cli = Cli.on(scratch.connectionUrl());
    }

    /** As a schema up left it. */
    private void isUp() throws IOException {
        scratch.close();
        scratch = ScratchDatabase.withSchema("cli_schema");
        cli = Cli.on(scratch.connectionUrl());
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void status_says_what_is_pending_and_what_is_applied() {
        assertThat(cli.run("schema", "status").endsWith(0).lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.endsWith("Pending"));
        cli.run("schema", "up").endsWith(0);
        assertThat(cli.run("schema", "status").endsWith(0).lines()).allMatch(line -> line.endsWith("Success"));
    }

    @Test
    void up_any_number_of_times_changes_nothing_more() {
        assertThat(cli.run("schema", "up").endsWith(0).out())
                .contains(
                        "create ops",
                        "create catalog",
                        "create registry",
                        "create names",
                        "Applied " + STEPS + " steps.");
        assertThat(cli.run("schema", "up").endsWith(0).lines()).containsExactly("The schema is up to date.");
        assertThat(scratch.texts(OURS)).containsExactly("catalog", "names", "ops", "policy", "registry", "web");
    }

    @Test
    void a_dry_run_shows_the_sql_and_does_nothing() throws IOException {
        assertThat(cli.run("schema", "up", "--dry-run", "--show-sql")
                        .endsWith(0)
                        .out())
                .contains("create table ops.runs", "create or replace view", STEPS + " steps would be applied.");
        assertThat(scratch.texts(OURS)).isEmpty();
        isUp();
        assertThat(cli.run("schema", "down", "--all", "--dry-run", "--show-sql")
                        .endsWith(0)
                        .out())
                .contains("drop table ops.runs", MIGRATIONS + " steps would be undone.");
        assertThat(scratch.texts(OURS)).hasSize(6);
    }

    @Test
    void down_is_not_done_unasked_where_there_is_no_terminal() throws IOException {
        isUp();
        assertThat(cli.run("schema", "down", "--all").endsWith(2).err())
                .contains("it would delete the data in " + MIGRATIONS + " steps", "no terminal to ask on", "--yes");
        assertThat(scratch.texts(OURS)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs",
                "runs 1",
                "jobs",
                "index",
                "verify catalog",
                "verify registry",
                "verify names",
                "verify policy",
                "names top --country US",
                "names trend Ann",
                "names releases",
                "policy list",
                "policy show Visa",
                "policy diff Visa",
                "policy changes",
                "policy alerts",
                "policy watch --dry-run",
                "crawl --dry-run"
            })
    void what_only_reads_does_not_bring_the_schema_up(String command) {
        assertThat(cli.run(command.split(" ")).endsWith(1).err())
                .startsWith("catchment: The schema is not up: " + STEPS + " of its steps are not applied yet")
                .contains("'catchment schema up'");
        assertThat(scratch.texts("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .isEmpty();
        assertThat(scratch.texts(OURS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "verify catalog", "schema up", "schema up --dry-run", "crawl --dry-run"})
    void a_schema_newer_than_the_program_is_refused(String command) throws IOException, SQLException {
        isUp();
        scratch.execute(FUTURE);
        assertThat(cli.run(command.split(" ")).endsWith(1).err())
                .contains("newer than this program", "900 (create future)", "up to 0", "Run the newer");
    }

    @Test
    void a_step_of_a_newer_program_is_listed_and_nothing_is_undone() throws IOException, SQLException {
        isUp();
        scratch.execute(FUTURE);
        assertThat(cli.run("schema", "status").endsWith(0).out()).contains("create future", "Future");
        for (String options : List.of("", " --all", " --to 1", " --dry-run --show-sql")) {
            Cli.Said said = cli.run(("schema down" + options).split(" ")).endsWith(1);
            assertThat(said.err()).contains("900 (create future)", "nothing was done", "Run the Catchment that");
            assertThat(said.out()).isEmpty();
        }
        assertThat(scratch.texts(OURS)).hasSize(6);
    }

    @Test
    void down_to_a_step_that_is_none_is_wrong_use() throws IOException {
        isUp();
        assertThat(cli.run("schema", "down", "--to", "77").endsWith(2).err()).contains("Step 77 is not applied");
    }

    @Test
    void a_step_that_fails_is_told_in_two_lines_with_what_to_do() throws SQLException {
        scratch.execute("create schema ops");
        assertThat(cli.run("schema", "up").endsWith(1).err().lines())
                .hasSize(1)
                .allMatch(line -> line.contains("schema \"ops\" already exists (SQLSTATE 42P06)")
                        && line.contains("another database")
                        && !line.contains("Flyway"));
    }

    @Test
    void down_undoes_the_last_step_a_number_of_them_or_all() throws IOException {
        isUp();
        assertThat(cli.run("schema", "down", "--yes").endsWith(0).out())
                .contains("down  %03d ".formatted(MIGRATIONS), "Undid 1 step.");
        assertThat(scratch.texts(OURS)).containsExactly("catalog", "names", "ops", "policy", "registry", "web");
        cli.run("schema", "up").endsWith(0);
        cli.run("schema", "down", "--to", "1", "--yes").endsWith(0);
        assertThat(scratch.texts(OURS)).containsExactly("ops");
        cli.run("schema", "down", "--all", "--yes").endsWith(0);
        assertThat(scratch.texts(OURS)).isEmpty();
        assertThat(cli.run("schema", "down").endsWith(0).lines()).isEqualTo(List.of("There is nothing to undo."));
    }

    private static int files(String folder) {
        return Path.of("sql", "schema", folder).toFile().list().length;
    }
}
