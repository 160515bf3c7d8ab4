package dev.catchment.flow.transport;

import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that changes are published to, a transaction a batch. How far it has come stands in the topic itself, as the header
 * {@code number} of its last committed records: who publishes anew fences whoever did before, and reads it there. What PostgreSQL
 * notes serves where the topic is empty again.
 */
public final class ChangesTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangesTopic.class);
    private static final String NUMBER = "number";
    private static final int BATCH = 1000;
    private static final long FIRST_LOOK = 16;

    private final KafkaClients clients;
    private final String topic;
    private final long timeout;
    private volatile KafkaProducer<String, String> producer;
    private volatile KafkaConsumer<String, String> consumer;
    private long position;

    /** @param timeout milliseconds that the brokers may take */
    public ChangesTopic(KafkaClients clients, String topic, long timeout) {
        this.clients = clients;
        this.topic = topic;
        this.timeout = timeout;
        clients.atEnd(this::giveUp);
    }

    /** From another thread: whoever waits for the brokers fails. */
    private void giveUp() {
        KafkaConsumer<String, String> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        KafkaProducer<String, String> publishing = producer;
        if (publishing != null) {
            publishing.close(Duration.ZERO);
        }
    }

    /** The parameters of {@code harvest/claim-topic}. */
    public Map<String, Object> claim(String worker) {
        return Map.of("topic", topic, "worker", worker);
    }

    /** The parameters of {@code harvest/list-change-messages}. @param claimed row of {@code harvest/claim-topic} */
    public synchronized Map<String, Object> next(Map<String, Object> claimed) {
        if (producer == null) {
            long last;
            try {
                last = open();
            } catch (KafkaException e) {
                throw refused(e);
            }
            long given = ((Number) claimed.get("given")).longValue();
            if (last > given) {
                close();
                throw new PermanentFailure(
                        "The topic %s has changes up to number %,d, and this database has given %,d numbers: they are of another database, or of the time after the backup that this one was restored from. Name another topic in changes.kafka.topic, or, after a restore, run sql/schema/restore/after.sql."
                                .formatted(topic, last, given));
            }
            position = last;
        }
        position = Math.max(position, ((Number) claimed.get("after")).longValue());
        return Map.of("after", position, "most", BATCH);
    }

    /** Publishes all of them or none. @param changes rows of {@code harvest/list-change-messages} */
    public synchronized void publish(List<Map<String, Object>> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            for (Map<String, Object> change : changes) {
                ProducerRecord<String, String> message =
                        new ProducerRecord<>(topic, (String) change.get("key"), (String) change.get("message"));
                message.headers().add(NUMBER, change.get(NUMBER).toString().getBytes(StandardCharsets.US_ASCII));
                requireTaken(producer.send(message));
            }
            producer.commitTransaction();
            position = ((Number) changes.get(changes.size() - 1).get(NUMBER)).longValue();
        } catch (KafkaException e) {
            if (!isFenced(e)) {
                throw refused(e);
            }
            // Another node has published meanwhile, and nothing of this is there: it is claimed and listed again.
            LOG.debug("Another node has published to the topic since. topic={}", topic);
            close();
        }
    }

    /** A record that was refused at once is only said by its future, and each further one would wait as long for it. */
    private static void requireTaken(Future<RecordMetadata> sent) {
        if (sent.isDone()) {
            try {
                sent.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    /** The parameters of {@code harvest/close-topic}. */
    public synchronized Map<String, Object> close(String worker) {
        return Map.of("topic", topic, "worker", worker, "after", position);
    }

    private static boolean isFenced(Throwable failure) {
        boolean isFenced = false;
        for (Throwable each = failure; each != null && !isFenced; each = each.getCause()) {
            isFenced = each instanceof ProducerFencedException || each instanceof InvalidProducerEpochException;
        }
        return isFenced;
    }

    /** Whether a transaction was committed is not known: the next one begins by looking. */
    private TransientFailure refused(KafkaException cause) {
        clients.doubt(topic);
        close();
        return new TransientFailure(
                "The changes were not published to the topic %s: %s"
                        .formatted(topic, FailureText.of(cause, "kafka.brokers or kafka.properties")),
                cause);
    }

    /** Fences who published before. @return the number of the last change there; 0 if there is none */
    private long open() {
        clients.make(topic);
        clients.requireTime();
        Map<String, Object> settings = new HashMap<>(clients.ofAll());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "catchment-" + topic);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(10_000, timeout / 2));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            producer.initTransactions();
            return last();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    private long last() {
        long end = System.nanoTime() + timeout * 1_000_000L;
        Map<String, Object> settings = new HashMap<>(clients.ofAll());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout);
        try (KafkaConsumer<String, String> reading =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer = reading;
            clients.requireTime();
            List<PartitionInfo> partitions = reading.partitionsFor(topic);
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "there is no such topic, and it could not be made; the log says why");
            }
            return partitions.stream()
                    .map(one -> new TopicPartition(topic, one.partition()))
                    .mapToLong(partition -> last(reading, partition, end))
                    .max()
                    .orElse(0);
        } finally {
            consumer = null;
        }
    }

    /** Looks back ever farther: what is at the end may be the marks of transactions alone. */
    private static long last(KafkaConsumer<String, String> consumer, TopicPartition partition, long latest) {
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long found = 0;
        for (long back = FIRST_LOOK; found == 0 && end > begin; back *= FIRST_LOOK) {
            consumer.seek(partition, Math.max(begin, end - back));
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - latest > 0) {
                    throw new TimeoutException("Its last change could not be read within kafka.send-timeout.");
                }
                for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofMillis(200))) {
                    found = Math.max(found, number(one));
                }
            }
            if (end - back <= begin) {
                break;
            }
        }
        return found;
    }

    private static long number(ConsumerRecord<String, String> message) {
        Header number = message.headers().lastHeader(NUMBER);
        return number == null ? 0 : Long.parseLong(new String(number.value(), StandardCharsets.US_ASCII));
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
            producer = null;
        }
    }
}
