package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Sql;
import dev.catchment.support.Pools;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtherClientsTest {
    private ServerDirectory directory;

    @BeforeEach
    void choose() throws Exception {
        directory = Sandbox.usedDirectory();
    }

    @AfterEach
    void clear() throws Exception {
        Sandbox.killAll(directory);
    }

    @Test
    void the_last_user_leaves_the_server_to_a_client_that_is_connected() throws Exception {
        EmbeddedServer server = EmbeddedServer.open(directory.root(), 0);
        try (Connection psql = Sql.connect(server.url(), server.url().password())) {
            server.close();
            assertThat(psql.isValid(1)).as("the client was not thrown out").isTrue();
            try (EmbeddedServer joined = EmbeddedServer.open(directory.root(), 0)) {
                assertThat(joined.url()).isEqualTo(server.url());
            }
            assertThat(psql.isValid(1)).as("nor by the next user").isTrue();
        }
        EmbeddedServer.open(directory.root(), 0).close();
        assertThat(Postmaster.running(directory)).isEmpty();
    }

    @Test
    void connections_of_our_own_do_not_keep_it_up() throws Exception {
        Database left = Database.open(null, directory.root(), 0, Pools.of(4));
        EmbeddedServer last = EmbeddedServer.open(directory.root(), 0);
        try (Connection own = left.dataSource().getConnection()) {
            assertThat(own.isValid(1)).isTrue();
            assertThat(OtherClients.count(last.url())).isZero();
        }
        left.close();
        last.close();
        assertThat(Postmaster.running(directory)).isEmpty();
    }
}
