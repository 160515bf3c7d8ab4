package dev.catchment.flow.transport;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.support.CommittedRecords;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outbox as a topic of a real broker. */
class ChangesTopicTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    private static final String SCHEMA = "/harvest/change-message.schema.json";

    private final BrokerProcess broker = TestBroker.get();
    private final String topic = "changes-" + UUID.randomUUID().toString().substring(0, 8);

    @RegisterExtension
    final HarvestRig harvest = new HarvestRig();

    @BeforeEach
    void set() {
        harvest.set("kafka.brokers", broker.brokers())
                .set("kafka.pages.partitions", "3")
                .set("changes.kafka.topic", topic);
    }

    @Test
    void changes_are_published_once_and_in_order_whatever_became_of_who_published_them() throws Exception {
        DocumentSchema schema = new DocumentSchema(SCHEMA, Map.of());
        KindStandIn standIn = harvest.standIn(BY_OFFSET).serve(HarvestRig.datasets(20));
        harvest.harvest();
        publish();
        List<ConsumerRecord<String, String>> published = published();
        assertThat(published).hasSize(20).allSatisfy(one -> {
            JsonNode message = new ObjectMapper().readTree(one.value());
            assertThat(schema.problems(message)).as(one.value()).isEmpty();
            assertThat(message.get("dataset").asText()).isEqualTo(one.key());
            assertThat(message.get("change").asText()).isEqualTo("added");
        });
        assertThat(CommittedRecords.numbers(published)).doesNotHaveDuplicates().contains(1L, 20L);

        // As if it had been killed after it sent and before it noted that; another sent, and was killed before its
        // commit.
        TestDatabase.execute("update harvest.topics set after = 0, claimed_by = 'h:1/killed-1'");
        harvest.stop();
        Map<String, Object> killed = new HashMap<>(TestBroker.client());
        killed.put("transactional.id", "catchment-" + topic);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(killed, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "k", "never committed"));
            producer.flush();
            publish();
        }
        assertThat(CommittedRecords.numbers(published())).isEqualTo(CommittedRecords.numbers(published));
        assertThat(number("select after from harvest.topics where claimed_by is null"))
                .isEqualTo(20);

        // Another node has the turn between two of this one, whose producer is open.
        try (KafkaProducer<String, String> other =
                new KafkaProducer<>(killed, new StringSerializer(), new StringSerializer())) {
            other.initTransactions();
        }
        standIn.serve(List.of(HarvestRig.dataset(1, "Another name"), HarvestRig.dataset(2, "One more")));
        harvest.harvest();
        publish();
        assertThat(number("select after from harvest.topics where claimed_by is null"))
                .isEqualTo(number("select max(number) from harvest.changes"));
        List<ConsumerRecord<String, String>> all = published();
        assertThat(all.size()).isEqualTo(number("select count(*) from harvest.changes"));
        all.stream()
                .collect(Collectors.groupingBy(ConsumerRecord::key))
                .values()
                .forEach(ofOne -> assertThat(CommittedRecords.numbers(ofOne)).isSorted());
    }

    @Test
    void a_topic_that_is_gone_is_said_at_once_and_not_waited_for_with_each_change_and_then_it_is_made()
            throws Exception {
        harvest.set("kafka.send-timeout", "5s").standIn(BY_OFFSET).serve(HarvestRig.datasets(20));
        harvest.harvest();
        harvest.service()
                .camel()
                .getRegistry()
                .lookupByNameAndType("kafkaClients", KafkaClients.class)
                .make(topic);
        try (Admin admin = Admin.create(TestBroker.client())) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        assertThatThrownBy(this::publish).hasStackTraceContaining("there is no such topic, and it could not be made");
        publish();
        assertThat(CommittedRecords.numbers(published())).hasSize(20);
    }

    @Test
    void a_database_that_has_given_fewer_numbers_than_the_topic_has_publishes_nothing() throws Exception {
        try (Admin admin = Admin.create(TestBroker.client());
                KafkaProducer<String, String> other =
                        new KafkaProducer<>(TestBroker.client(), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            ProducerRecord<String, String> last = new ProducerRecord<>(topic, "k", "of another database");
            last.headers().add("number", "20".getBytes(StandardCharsets.US_ASCII));
            other.send(last).get();
        }
        harvest.standIn(BY_OFFSET).serve(HarvestRig.datasets(2));
        harvest.harvest();
        assertThatThrownBy(this::publish)
                .hasStackTraceContaining("The topic " + topic + " has changes up to number 20")
                .hasStackTraceContaining("changes.kafka.topic");
        assertThat(published()).hasSize(1);
    }

    private void publish() {
        harvest.service().ask("harvest-changes", "", Object.class);
    }

    private List<ConsumerRecord<String, String>> published() {
        return CommittedRecords.of(broker.brokers(), topic);
    }
}
