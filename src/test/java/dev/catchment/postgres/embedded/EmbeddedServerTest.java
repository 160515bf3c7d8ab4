package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.postgres.Sql;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedServerTest {

    private static ServerDirectory directory;
    private static EmbeddedServer server;

    @BeforeAll
    static void open() throws Exception {
        directory = Sandbox.usedDirectory();
        server = EmbeddedServer.open(directory.root(), 0);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "full_page_writes, on",
        "synchronous_commit, on",
        "listen_addresses, 127.0.0.1",
        "unix_socket_directories, ''",
        "password_encryption, scram-sha-256",
        "server_encoding, UTF8",
        "max_wal_size, 2GB",
        "data_checksums, on"
    })
    void runs_durable_and_closed_to_others(String setting, String value) {
        assertThat(Sql.ask(server.url(), "show " + setting)).isEqualTo(value);
    }

    @Test
    void trusts_nobody() {
        assertThat(Sql.ask(server.url(), "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
    }

    @ParameterizedTest
    @CsvSource({"''", "wrong"})
    void refuses_a_wrong_password(String password) {
        assertThatThrownBy(() -> Sql.connect(server.url(), password).close()).hasMessageContaining("password");
    }

    @Test
    void does_not_listen_on_other_addresses() throws Exception {
        int port = Integer.parseInt(server.url().hosts().split(":")[1]);
        assertThat(NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.getHostAddress().equals("127.0.0.1")))
                .allSatisfy(address -> assertThatThrownBy(() -> {
                            try (Socket socket = new Socket()) {
                                socket.connect(new InetSocketAddress(address, port), 200);
                            }
                        })
                        .isInstanceOf(IOException.class));
    }

    @Test
    void keeps_the_password_in_a_file_of_the_owner_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.password())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(directory.password()).strip())
                .isEqualTo(server.url().password())
                .hasSize(43);
        assertThat(ProcessHandle.of(Sandbox.postmaster(directory))
                        .orElseThrow()
                        .info()
                        .arguments()
                        .orElseThrow())
                .noneMatch(argument -> argument.contains(server.url().password()));
        assertThat(Files.readString(directory.log()))
                .doesNotContain(server.url().password());
    }

    @Test
    void orders_and_folds_letters_the_same_on_every_system() {
        assertThat(Sql.ask(server.url(), "select upper('ä') || ('Z' < 'a')")).isEqualTo("Ätrue");
        assertThat(Sql.ask(
                        server.url(),
                        "select datlocprovider::text || datlocale from pg_database "
                                + "where datname = current_database()"))
                .isEqualTo("bC.UTF-8");
    }
}
