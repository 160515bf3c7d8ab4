package dev.catchment.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a program sees that reads a topic of changes from its beginning, and only what is committed. */
public final class CommittedRecords {
    private CommittedRecords() {}

    /** In the order of each partition. */
    public static List<ConsumerRecord<String, String>> of(String brokers, String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            });
        }
        return records;
    }

    /** The numbers of changes, in the same order. */
    public static List<Long> numbers(List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .map(record -> Long.valueOf(
                        new String(record.headers().lastHeader("number").value(), StandardCharsets.US_ASCII)))
                .toList();
    }
}
