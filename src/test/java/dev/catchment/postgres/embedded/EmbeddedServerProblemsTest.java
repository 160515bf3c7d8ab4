package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerProblemsTest {

    @TempDir
    Path folder;

    @Test
    void says_that_the_place_is_no_directory() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        refuses(file, 0, "it is not a directory", "DATABASE_URL");
        refuses(file.resolve("below"), 0, "cannot be used", "DATABASE_URL");
    }

    @Test
    void says_that_the_data_is_of_another_version() throws Exception {
        ServerDirectory directory = Sandbox.directory(folder, "postgres");
        Files.createDirectory(directory.cluster());
        Files.writeString(directory.password(), "any");
        Files.writeString(directory.cluster().resolve("PG_VERSION"), "13\n");

        refuses(directory.root(), 0, "made by PostgreSQL 13, the embedded one is PostgreSQL 18", "restore the dump");
    }

    @Test
    void says_that_the_data_is_no_data() throws Exception {
        ServerDirectory directory = Sandbox.directory(folder, "postgres");
        Files.createDirectory(directory.cluster());
        Files.writeString(directory.password(), "any");

        refuses(directory.root(), 0, "no PG_VERSION", "backup");
    }

    @Test
    void says_that_the_password_is_gone() throws Exception {
        ServerDirectory directory = Sandbox.directory(folder, "postgres");
        Files.createDirectory(directory.cluster());

        refuses(directory.root(), 0, "password file", "backup");
    }

    @Test
    void says_that_the_port_is_taken() throws Exception {
        ServerDirectory directory = Sandbox.usedDirectory();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refuses(directory.root(), other.getLocalPort(), "Port " + other.getLocalPort(), "postgres.port");
        }
    }

    @Test
    void shows_what_the_server_says_when_it_does_not_start() throws Exception {
        ServerDirectory directory = Sandbox.usedDirectory();
        Path settings = directory.cluster().resolve("postgresql.conf");
        String good = Files.readString(settings);
        Files.writeString(settings, "no_such_setting = 1\n");
        try {
            refuses(directory.root(), 0, "does not start", "no_such_setting");
        } finally {
            Files.writeString(settings, good);
        }
    }

    @Test
    void says_that_there_is_no_server_for_this_machine() throws Exception {
        ServerDirectory directory = Sandbox.directory(folder, "postgres");
        String machine = System.setProperty("os.arch", "s390x");
        try {
            refuses(directory.root(), 0, "s390x", "DATABASE_URL");
        } finally {
            System.setProperty("os.arch", machine);
        }
    }

    @Test
    void says_that_the_password_file_is_not_the_one_of_the_server() throws Exception {
        ServerDirectory directory = Sandbox.usedDirectory();
        try (EmbeddedServer server = EmbeddedServer.open(directory.root(), 0)) {
            Files.writeString(directory.password(), "another");
            refuses(
                    directory.root(),
                    0,
                    "rejects the connection",
                    directory.password().toString());
            Files.writeString(directory.password(), server.url().password());
        }
    }

    private static void refuses(Path path, int port, String... parts) {
        assertThatThrownBy(() -> EmbeddedServer.open(path, port).close())
                .isInstanceOf(EmbeddedServerException.class)
                .message()
                .contains(parts);
    }
}
