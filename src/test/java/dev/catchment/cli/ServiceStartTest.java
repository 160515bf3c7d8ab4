package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Fork;
import dev.catchment.support.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code catchment run} does where something that it needs is taken, or not there yet. */
@Tag("process")
class ServiceStartTest {
    @Test
    void a_port_that_is_taken_ends_it_with_2_and_names_the_setting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                CrawlProcess service = CrawlProcess.service(Map.of(
                        "database.url",
                        TestDatabase.get().url().connectionUrl(),
                        "web.port",
                        String.valueOf(taken.getLocalPort()),
                        "catalog.crawl-on-start",
                        "never"))) {
            assertThat(service.exitCode()).as(service.standardError()).isEqualTo(ExitCode.USAGE);
            assertThat(service.standardError())
                    .contains("catchment: web.port=" + taken.getLocalPort() + " cannot be used")
                    .doesNotContain("Exception", "WARN", "ERROR");
        }
    }

    @Test
    void the_old_name_of_the_port_is_honoured_and_said_to_be_old() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                CrawlProcess service = CrawlProcess.service(Map.of(
                        "database.url",
                        TestDatabase.get().url().connectionUrl(),
                        "web.port",
                        "8080",
                        "policy.links.port",
                        String.valueOf(taken.getLocalPort()),
                        "catalog.crawl-on-start",
                        "never"))) {
            assertThat(service.exitCode()).as(service.standardError()).isEqualTo(ExitCode.USAGE);
            assertThat(service.standardError())
                    .contains(
                            "policy.links.port is now web.port",
                            "web.port=" + taken.getLocalPort() + " cannot be used");
        }
    }

    @Test
    void a_server_that_is_not_up_yet_is_waited_for() {
        Path folder = Fork.folder("service-waits");
        EmbeddedServer server = EmbeddedServer.open(Programs.share(folder), 0);
        String url = server.url().connectionUrl();
        server.close(); // it keeps its port for the next start
        Map<String, String> settings = Map.of(
                "database.url",
                url,
                "postgres.connection-timeout",
                "250ms",
                "data.dir",
                folder.resolve("data").toAbsolutePath().toString(),
                "catalog.crawl-on-start",
                "never");
        try (CrawlProcess service = CrawlProcess.service(settings)) {
            Await.until("it waits", service::standardError, said -> said.contains("waiting until it does"));
            server = EmbeddedServer.open(Programs.share(folder), 0);
            assertThat(server.url().connectionUrl()).isEqualTo(url);
            Await.until("it is up", service::standardOutput, said -> said.contains("Manage:"));
            assertThat(service.standardError().split("waiting until it does", -1))
                    .as("told once")
                    .hasSize(2);
            service.terminate();
            assertThat(service.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            server.close();
        }
    }
}
