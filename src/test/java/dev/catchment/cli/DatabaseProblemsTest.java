package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.sql.ScratchDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads whose database cannot be used: one line, what is wrong, what to do, no password. */
class DatabaseProblemsTest {
    private static final String ROLE = "cli_weak_" + ProcessHandle.current().pid();

    private static ScratchDatabase scratch;
    private static String host;
    private static String name;

    @BeforeAll
    static void create() throws SQLException {
        scratch = ScratchDatabase.create("cli_problems");
        host = scratch.database().url().hosts();
        name = scratch.database().url().database();
        scratch.execute("create role " + ROLE + " login password 'Gheim7'");
    }

    @AfterAll
    static void drop() throws SQLException {
        scratch.execute("drop owned by " + ROLE + "; drop role " + ROLE);
        scratch.close();
    }

    @Test
    void a_wrong_password() throws IOException {
        assertThat(said(ROLE, "nottheGheim7", name))
                .contains("the password of user " + ROLE + " is wrong", "DATABASE_URL");
    }

    @Test
    void a_database_that_does_not_exist() throws IOException {
        assertThat(said(ROLE, "Gheim7", "nosuch")).contains("there is no database nosuch on that server. Create it");
    }

    @Test
    void a_role_without_rights() throws IOException {
        assertThat(said(ROLE, "Gheim7", name))
                .contains(
                        "permission denied for ",
                        "SQLSTATE 42501",
                        "grant create on database",
                        "docs/own-postgresql.md");
    }

    @Test
    void a_role_that_may_only_half() throws Exception {
        scratch.execute("grant create on schema public to " + ROLE);
        assertThat(said(ROLE, "Gheim7", name))
                .contains("permission denied for database", "SQLSTATE 42501", "grant create on database");
    }

    @Test
    void an_option_that_the_driver_or_the_server_does_not_understand_is_wrong_use() throws IOException {
        String url = scratch.connectionUrl();
        for (String option :
                List.of("connectTimeout=soon", "options=-c%20work_mem%3Dmuch", "options=-c%20no_such%3D1")) {
            assertThat(Cli.on(url + "?" + option).run("runs").endsWith(2).err())
                    .startsWith("catchment: DATABASE_URL cannot be used: ")
                    .contains("Correct its options");
        }
    }

    /** As long as a server that is not up would be waited for, the test would take. */
    @ParameterizedTest
    @ValueSource(strings = {"runs", "crawl --region us", "run"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void is_told_at_once_where_waiting_cannot_help(String command) throws Exception {
        String url = "postgresql://%s:%s@%s/%s";
        scratch.execute("revoke connect on database " + name + " from public");
        try {
            for (String each : List.of(
                    url.formatted(ROLE, "wrong", host, name),
                    url.formatted(ROLE, "Gheim7", host, "nosuch"),
                    url.formatted(ROLE, "Gheim7", host, name))) {
                Cli cli = Cli.on(each).with("POSTGRES_CONNECTION_TIMEOUT", "1h");
                assertThat(cli.run(command.split(" ")).endsWith(1).err())
                        .startsWith("catchment: No connection to ")
                        .doesNotContain("Gheim7");
            }
        } finally {
            scratch.execute("grant connect on database " + name + " to public");
        }
    }

    private static String said(String user, String password, String database) throws IOException {
        String url = "postgresql://%s:%s@%s/%s".formatted(user, password, host, database);
        String said = Cli.on(url).run("schema", "up").endsWith(1).err();
        assertThat(said).startsWith("catchment: ").doesNotContain("Gheim7", "..", "Flyway", "Exception");
        assertThat(said.lines()).hasSize(1);
        return said;
    }
}
