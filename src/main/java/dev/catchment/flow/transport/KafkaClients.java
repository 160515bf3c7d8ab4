package dev.catchment.flow.transport;

import dev.catchment.flow.ActiveRuns;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients of the brokers; whoever needs a topic of pages finds it made. */
public final class KafkaClients extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
    private static final int LONGEST = 15_000;
    /** For so long the brokers are waited for when the process is told to end, which has thirty seconds for all. */
    private static final long LAST_SECONDS = 10;

    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> waits = new ConcurrentLinkedQueue<>();
    private final Map<String, Object> ofAll;
    private final int partitions;
    private final short replicas;
    private final long largest;
    private final int timeout;
    private volatile boolean isOver;

    /**
     * Reads the file; nothing is connected yet.
     *
     * @param file path of a file of properties for all clients; empty: none
     * @param partitions of a topic of pages
     * @param replicas of each; 0 leaves it to the brokers
     * @param largest bytes of a page
     * @param timeout milliseconds that the brokers may take
     */
    public KafkaClients(String brokers, String file, int partitions, int replicas, long largest, int timeout) {
        Map<String, Object> all = new HashMap<>(file.isBlank() ? Map.of() : read(Path.of(file)));
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        ofAll = Map.copyOf(all);
        this.partitions = partitions;
        this.replicas = (short) replicas;
        this.largest = largest;
        this.timeout = Math.min(timeout, LONGEST);
    }

    /** When these are told to stop, no broker is waited for much longer: it may be away for good. */
    public void setRunning(ActiveRuns running) {
        running.atClose(() -> CompletableFuture.delayedExecutor(LAST_SECONDS, TimeUnit.SECONDS)
                .execute(this::giveUp));
    }

    private void giveUp() {
        isOver = true;
        waits.forEach(wait -> {
            try {
                wait.run();
            } catch (RuntimeException e) { // the others are to end all the same
                LOG.debug("A client of Kafka did not end well.", e);
            }
        });
    }

    /** @param end what ends somebody's wait for the brokers, from another thread */
    void atEnd(Runnable end) {
        waits.add(end);
    }

    /** Whether nobody waits for the brokers any more. */
    public boolean isOver() {
        return isOver;
    }

    /** @throws KafkaException if nobody waits for the brokers any more */
    void requireTime() {
        if (isOver) {
            throw new KafkaException("The process ends, and the brokers have not answered.");
        }
    }

    private static Map<String, String> read(Path file) {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            read.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, read::getProperty));
    }

    /** What every client begins with: where the brokers are, and how it proves who it is. */
    Map<String, Object> ofAll() {
        return ofAll;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties properties) {
        requireTime();
        properties.putAll(ofAll);
        Producer producer = super.getProducer(properties);
        atEnd(() -> producer.close(Duration.ZERO));
        return producer;
    }

    /** The group of the writers of a topic has its name. */
    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties properties) {
        properties.putAll(ofAll);
        make(properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG));
        return super.getConsumer(properties);
    }

    /** Makes a topic unless it was there when it was looked at last; if that fails, whoever needs it says so. */
    public void make(String topic) {
        if (!made.contains(topic) && !isOver && isMade(topic)) {
            made.add(topic);
        }
    }

    /** It may be gone. */
    public void doubt(String topic) {
        made.remove(topic);
    }

    /** A page is dealt with; if that cannot be noted, as the partition goes to another writer, it comes again and changes nothing. */
    public void receipt(KafkaManualCommit receipt) {
        try {
            receipt.commit();
        } catch (KafkaException e) {
            LOG.debug("A page that is dealt with comes once more. reason={}", e.getMessage());
        }
    }

    private boolean isMade(String topic) {
        Map<String, Object> client = new HashMap<>(ofAll);
        client.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        client.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        NewTopic wanted = new NewTopic(
                        topic, Optional.of(partitions), replicas == 0 ? Optional.empty() : Optional.of(replicas))
                // What the brokers would pack anew may be in a form that no client here reads.
                .configs(Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(largest),
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        "producer"));
        try (Admin admin = Admin.create(client)) {
            Runnable end = () -> admin.close(Duration.ZERO);
            atEnd(end);
            try {
                admin.createTopics(List.of(wanted)).all().get();
            } finally {
                waits.remove(end);
            }
            LOG.info("A topic was made. topic={} partitions={}", topic, partitions);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true;
            }
            LOG.warn(
                    "The topic cannot be made. topic={} reason={}",
                    topic,
                    e.getCause().getMessage());
            // Who may not make it is not asked for each page: somebody else has made it, or will.
            return e.getCause() instanceof AuthorizationException;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
