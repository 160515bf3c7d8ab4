package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Pools;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server as a distribution sets it up: there the JIT compiler is on, and LZ4 is there and not used. */
class RoleSettingsTest {
    private static SystemServer server;
    private static int made;

    private DatabaseUrl url;

    @BeforeAll
    static void start() throws IOException {
        server = SystemServer.start().orElse(null);
        assumeTrue(server != null, "this system has no PostgreSQL server with its pg_dump");
        Sql.execute(server.url(), "create role keeper login password '" + server.password() + "'");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void create() {
        url = DatabaseUrl.parse(server.database("jit_" + ++made));
        assumeTrue(jit(url).equals("on"), "this server was built without a JIT compiler, or has it off");
    }

    @AfterEach
    void reset() {
        Sql.execute(server.url(), "drop database " + url.database() + " with (force)");
    }

    @Test
    void it_is_off_once_the_schema_is_up_for_the_sessions_that_are_open_too() {
        try (Database database = open(url)) {
            new Schema(database.dataSource()).up();
            assertThat(ScratchDatabase.texts(database, "show jit")).containsExactly("off");
        }
        assertThat(jit(url)).isEqualTo("off");
        assertThat(jit(server.url())).as("in other databases").isEqualTo("on");
    }

    @Test
    void a_role_without_rights_over_roles_switches_it_off_for_itself() {
        Sql.execute(server.url(), "alter database " + url.database() + " owner to keeper");
        Sql.execute(url, "alter schema public owner to keeper");
        DatabaseUrl keeper = new DatabaseUrl(url.hosts(), url.database(), "keeper", url.password(), url.options());
        Sql.execute(server.url(), "alter role keeper createrole"); // our schema makes roles
        up(keeper);
        Sql.execute(server.url(), "alter role keeper nocreaterole");
        Sql.execute(server.url(), "alter role keeper in database " + url.database() + " reset jit");
        assertThat(jit(keeper)).isEqualTo("on");
        up(keeper);
        assertThat(jit(keeper)).isEqualTo("off");
        assertThat(jit(url)).as("for other roles").isEqualTo("on");
    }

    @Test
    void who_asks_for_it_in_the_url_has_it() {
        DatabaseUrl asking = DatabaseUrl.parse(url.connectionUrl() + "?options=-c%20jit%3Don");
        try (Database database = open(asking)) {
            new Schema(database.dataSource()).up();
            assertThat(ScratchDatabase.texts(database, "show jit")).containsExactly("on");
        }
        up(url);
        assertThat(jit(url)).isEqualTo("off");
        assertThat(jit(asking)).isEqualTo("on");
    }

    @Test
    void what_the_role_already_has_for_the_database_stands() {
        Sql.execute(url, "alter role current_user in database " + url.database() + " set jit = on");
        up(url);
        assertThat(jit(url)).isEqualTo("on");
    }

    @Test
    void a_schema_that_is_taken_down_leaves_nothing_of_it() {
        try (Database database = open(url)) {
            Schema schema = new Schema(database.dataSource());
            schema.up();
            assertThat(jit(url)).isEqualTo("off");
            schema.undoable(0).forEach(schema::down);
        }
        assertThat(jit(url)).isEqualTo("on");
        assertThat(compression(url)).isEqualTo("pglz");
    }

    @Test
    void wide_values_are_compressed_by_lz4_where_the_server_has_it_unless_the_role_has_another_for_the_database() {
        assumeTrue(
                texts(url, "select 'lz4' = any (enumvals) from pg_settings where name = 'default_toast_compression'")
                        .equals("t"),
                "this server was built without LZ4");
        up(url);
        assertThat(compression(url)).isEqualTo("lz4");
        Sql.execute(url, "alter role current_user in database " + url.database() + " reset default_toast_compression");
        up(url);
        assertThat(compression(url)).as("when the schema is up already").isEqualTo("lz4");
        Sql.execute(
                url, "alter role current_user in database " + url.database() + " set default_toast_compression = pglz");
        up(url);
        assertThat(compression(url)).isEqualTo("pglz");
    }

    private static void up(DatabaseUrl url) {
        try (Database database = open(url)) {
            new Schema(database.dataSource()).up();
        }
    }

    private static Database open(DatabaseUrl url) {
        return Database.open(url.connectionUrl(), null, 0, Pools.of(5));
    }

    /** What a session that begins now has. */
    private static String jit(DatabaseUrl url) {
        return texts(url, "show jit");
    }

    private static String compression(DatabaseUrl url) {
        return texts(url, "show default_toast_compression");
    }

    private static String texts(DatabaseUrl url, String query) {
        try (Database database = open(url)) {
            return ScratchDatabase.texts(database, query).get(0);
        }
    }
}
