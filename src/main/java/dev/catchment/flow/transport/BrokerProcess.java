package dev.catchment.flow.transport;

import dev.catchment.postgres.embedded.ServerPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A broker of one node in KRaft mode, in a process of its own, for the demonstration and for tests: it copies nothing. */
public final class BrokerProcess implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;
    private static final String CLUSTER = "Y2F0Y2htZW50LWRlbW8tMQ";

    private static final String PROPERTIES = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=CLIENTS://%4$s
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=CLIENTS
            listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%3$s
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            num.network.threads=2
            num.io.threads=2
            """;

    private final Path jars;
    private final Path data;
    private final int port;
    private final String advertised;
    private final Security security;
    private volatile Process process;

    /**
     * How the broker knows its clients and they it.
     *
     * @param lines of its properties; they win
     * @param client what a client needs
     */
    public record Security(String lines, Map<String, Object> client) {
        /** Whoever reaches it may do all. */
        public static final Security NONE = new Security("", Map.of());
    }

    private BrokerProcess(Path jars, Path data, int port, String advertised, Security security) {
        this.jars = jars;
        this.data = data;
        this.port = port;
        this.advertised = advertised;
        this.security = security;
    }

    /** Where they are looked for. @param home a clone, or an unpacked archive */
    public static Path jars(Path home) {
        return home.resolve(Files.exists(home.resolve("pom.xml")) ? "target/kafka" : "kafka");
    }

    /** Whether the jars of a broker lie in a folder. */
    public static boolean isPrepared(Path jars) {
        String[] names = jars.toFile().list();
        return names != null && List.of(names).stream().anyMatch(name -> name.startsWith("kafka_"));
    }

    /**
     * Starts one that clients on this machine reach.
     *
     * @param jars folder of them
     * @param data folder of its own, which is made, and removed when it is closed
     */
    public static BrokerProcess start(Path jars, Path data) {
        int port = ServerPort.free();
        return start(jars, data, port, "127.0.0.1:" + port, Security.NONE);
    }

    /**
     * Starts one that its clients reach by way of something else, such as a proxy, or that has to know them.
     *
     * @param port of 127.0.0.1, on which it listens
     * @param advertised the address, {@code host:port}, at which it sends its clients to itself
     */
    public static BrokerProcess start(Path jars, Path data, int port, String advertised, Security security) {
        BrokerProcess broker = new BrokerProcess(jars, data, port, advertised, security);
        broker.configure(ServerPort.free());
        // A process that is told to end closes nothing that it has not come to.
        Runtime.getRuntime().addShutdownHook(new Thread(broker::kill));
        try {
            broker.format();
            broker.start();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    /** As kafka.brokers has it. */
    public String brokers() {
        return advertised;
    }

    /** The process that runs now, or ran last. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Records that were sent to a topic since it was made. */
    public long records(String topic) {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(one -> ends.put(new TopicPartition(topic, one.partition()), OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Admin admin() {
        Map<String, Object> client = new HashMap<>(security.client());
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers());
        return Admin.create(client);
    }

    /** Starts it again, on the same port and folder. */
    public void start() {
        try {
            process = java("kafka.Kafka", properties().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** {@code kill -9}. */
    public void kill() {
        Process started = process;
        if (started != null) {
            started.destroyForcibly().onExit().join();
        }
    }

    /** It ends, and leaves nothing. */
    @Override
    public void close() {
        kill();
        try {
            FileUtils.deleteDirectory(data.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(int controller) {
        try {
            Files.createDirectories(data);
            Files.writeString(
                    properties(),
                    PROPERTIES.formatted(port, controller, data.resolve("log"), advertised) + security.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() {
        try {
            Process format = java(
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    CLUSTER,
                    "-c",
                    properties().toString());
            if (format.waitFor() != 0) {
                throw new IllegalStateException("The folder of the broker cannot be formatted: " + said());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path properties() {
        return data.resolve("server.properties");
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars.resolve("*").toString(),
                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("broker.log").toFile()))
                .start();
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try (Admin admin = admin()) {
            while (!answers(admin)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("The broker does not start: " + said());
                }
            }
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String said() {
        try {
            return Files.readString(data.resolve("broker.log"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
