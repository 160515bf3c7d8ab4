package dev.catchment.flow.transport;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Fork;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are reached by TLS alone, and ask who is there. */
@Tag("process")
class KafkaSecurityTest {
    private static final String PASSWORD = "planted-5f2c";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"catchment\" password=\"%s\"";

    @RegisterExtension
    final HarvestRig harvest = new HarvestRig();

    @TempDir
    Path folder;

    private String client(String password) {
        return """
                security.protocol=SASL_SSL
                sasl.mechanism=PLAIN
                sasl.jaas.config=%s;
                ssl.truststore.location=%s
                ssl.truststore.password=%s
                """.formatted(LOGIN.formatted(password), folder.resolve("store.p12"), PASSWORD);
    }

    private BrokerProcess broker() throws Exception {
        Path jars = BrokerProcess.jars(Path.of("").toAbsolutePath());
        assumeTrue(
                BrokerProcess.isPrepared(jars),
                "There is no broker in target/kafka: ./mvnw -q -f ops/kafka/pom.xml package");
        String store = folder.resolve("store.p12").toString();
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store,
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor())
                .as(new String(made.getInputStream().readAllBytes()))
                .isZero();
        String lines = """
                listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT
                sasl.enabled.mechanisms=PLAIN
                sasl.mechanism.inter.broker.protocol=PLAIN
                listener.name.clients.plain.sasl.jaas.config=%1$s user_catchment="%2$s";
                ssl.keystore.location=%3$s
                ssl.keystore.password=%2$s
                ssl.truststore.location=%3$s
                ssl.truststore.password=%2$s
                """.formatted(LOGIN.formatted(PASSWORD), PASSWORD, store);
        Properties client = new Properties();
        client.load(new StringReader(client(PASSWORD)));
        Map<String, Object> known = new HashMap<>();
        client.stringPropertyNames().forEach(key -> known.put(key, client.getProperty(key)));
        int port = ServerPort.free();
        return BrokerProcess.start(
                jars,
                Fork.folder("kafka-secure").toAbsolutePath(),
                port,
                "127.0.0.1:" + port,
                new BrokerProcess.Security(lines, known));
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("client.properties"), text).toString();
    }

    @Test
    void pages_and_changes_go_to_brokers_that_know_this_client_and_no_other() throws Exception {
        TestDatabase.empty();
        try (BrokerProcess broker = broker();
                CapturedLog log = CapturedLog.of(Level.DEBUG)) {
            harvest.set("flow.transport", "kafka")
                    .set("kafka.brokers", broker.brokers())
                    .set("kafka.pages.topic", "pages")
                    .set("kafka.pages.partitions", "1")
                    .set("kafka.send-timeout", "3s")
                    .set("kafka.properties", file(client("wrong")))
                    .set("changes.kafka.topic", "changes");
            harvest.standIn("page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page] }\n")
                    .serve(HarvestRig.datasets(20));
            assertThat(harvest.harvest())
                    .containsEntry("status", "failed")
                    .extractingByKey("error")
                    .asString()
                    .contains("Authentication failed");
            assertThat(number("select count(*) from harvest.datasets")).isZero();

            harvest.stop();
            harvest.set("kafka.properties", file(client(PASSWORD))).set("kafka.send-timeout", "1m");
            assertThat(harvest.harvest()).containsEntry("status", "succeeded");
            harvest.service().ask("harvest-changes", "", Object.class);
            assertThat(number("select count(*) from harvest.datasets")).isEqualTo(20);
            assertThat(broker.records("pages.harvest")).isPositive();
            assertThat(number("select after from harvest.topics")).isEqualTo(20);
            assertThat(log.all()).noneMatch(line -> line.contains(PASSWORD));
        }
    }
}
