package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.sql.ScratchDatabase;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
                .contains("permission denied for ", "SQLSTATE 42501", "grant create on database", "README.md");
    }

    @Test
    void a_role_that_may_only_half() throws Exception {
        scratch.execute("grant create on schema public to " + ROLE);
        assertThat(said(ROLE, "Gheim7", name))
                .contains("permission denied for database", "SQLSTATE 42501", "grant create on database");
    }

    private static String said(String user, String password, String database) throws IOException {
        String url = "postgresql://%s:%s@%s/%s".formatted(user, password, host, database);
        String said = Cli.on(url).run("schema", "up").endsWith(1).err();
        assertThat(said).startsWith("catchment: ").doesNotContain("Gheim7", "..", "Flyway", "Exception");
        assertThat(said.lines()).hasSize(1);
        return said;
    }
}
