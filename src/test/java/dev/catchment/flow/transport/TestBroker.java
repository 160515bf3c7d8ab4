package dev.catchment.flow.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.support.Fork;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** The broker of a test run, one for the virtual machine; tests are skipped where its jars are not. */
final class TestBroker {
    private static BrokerProcess broker;

    private TestBroker() {}

    /** It is started once, for to start it costs seconds. */
    static synchronized BrokerProcess get() {
        Path jars = BrokerProcess.jars(Path.of("").toAbsolutePath());
        assumeTrue(
                BrokerProcess.isPrepared(jars),
                "There is no broker in target/kafka: ./mvnw -q -f ops/kafka/pom.xml package");
        if (broker == null) {
            String name = "kafka-" + UUID.randomUUID().toString().substring(0, 8);
            broker = BrokerProcess.start(jars, Fork.folder(name).toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        }
        return broker;
    }

    /** What its clients are made with. */
    static Map<String, Object> client() {
        return Map.of("bootstrap.servers", get().brokers());
    }
}
