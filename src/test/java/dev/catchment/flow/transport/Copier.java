package dev.catchment.flow.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends each record of a topic once more as soon as it is there, as a producer does whose acknowledgement was lost. */
final class Copier implements AutoCloseable {
    private static final String MARK = "copy";

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<ConsumerRecord<String, byte[]>> seen = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::copy, "copier");
    private volatile boolean isClosed;

    Copier(Map<String, Object> client, String topic) {
        this.topic = topic;
        Map<String, Object> reading = new HashMap<>(client);
        reading.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
    }

    private void copy() {
        while (!isClosed) {
            for (ConsumerRecord<String, byte[]> one : consumer.poll(Duration.ofMillis(20))) {
                if (one.headers().lastHeader(MARK) == null) {
                    again(one);
                    seen.add(one);
                }
            }
        }
        consumer.close();
    }

    private void again(ConsumerRecord<String, byte[]> one) {
        ProducerRecord<String, byte[]> copy = new ProducerRecord<>(topic, one.key(), one.value());
        copy.headers().add(MARK, new byte[0]);
        producer.send(copy);
    }

    void send(String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    int copied() {
        return seen.size();
    }

    void copyAllAgain() {
        seen.forEach(this::again);
        producer.flush();
    }

    List<String> texts() {
        return seen.stream()
                .map(one -> new String(one.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
        producer.close();
    }
}
