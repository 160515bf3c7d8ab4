package dev.catchment.lab;

import dev.catchment.flow.transport.BrokerProcess;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.support.CommittedRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.LoggerFactory;

/** A broker that the pages of all walks go through, and a program that reads the topic of changes. */
final class KafkaRoom implements LabRoom {
    private final BrokerProcess broker;
    private final TcpProxy way;
    private final Leavings leavings;
    /** Of each round its own: what is late in one is no page of the next. */
    private String pages;

    private String changes;

    /** @param address at which nodes reach it @param folder for its data, which is made */
    KafkaRoom(String address, Path folder, Leavings leavings) {
        this.leavings = leavings;
        Path jars = BrokerProcess.jars(Path.of("").toAbsolutePath());
        if (!BrokerProcess.isPrepared(jars)) {
            throw new IllegalArgumentException(
                    "There is no broker in " + jars + ": ./mvnw -q -f ops/kafka/pom.xml package");
        }
        int port = ServerPort.free();
        way = TcpProxy.to(port);
        leavings.folder(folder);
        broker = BrokerProcess.start(jars, folder, port, address + ":" + way.port(), BrokerProcess.Security.NONE);
        leavings.node(broker.handle());
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public boolean hasVerify() {
        return false;
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("flow.transport", "kafka");
        settings.put("kafka.brokers", broker.brokers());
        settings.put("kafka.pages.topic", pages);
        settings.put("kafka.pages.partitions", "3");
        settings.put("kafka.pages.in-flight", "4");
        settings.put("kafka.pages.timeout", "10s");
        settings.put("kafka.send-timeout", "5s");
        settings.put("kafka.session-timeout", "6s");
        settings.put("changes.kafka.topic", changes);
        settings.put("changes.kafka.cron", "0/2 * * * * ?");
        return settings;
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        calm();
        forget();
        String round = Long.toString(System.nanoTime(), 36);
        pages = "pages-" + round;
        changes = "changes-" + round;
    }

    @Override
    public synchronized String fault(Random random, HeldUp heldUp) {
        switch (random.nextInt(6)) {
            case 0 -> {
                broker.kill();
                return "the broker is killed";
            }
            case 1 -> {
                broker.kill();
                start();
                return "the broker is killed and started again";
            }
            case 2 -> {
                way.cut(true);
                return "the broker is black-holed";
            }
            case 3 -> {
                way.slow(20);
                return "the broker is slow";
            }
            case 4 -> {
                way.reset();
                return "connections to the broker reset";
            }
            default -> {
                return deleteTopics();
            }
        }
    }

    /** The topics of the round before, or a broker that is started again would open those of all rounds. */
    private void forget() {
        if (pages != null) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
                admin.listTopics().names().get().stream()
                        .filter(topic -> topic.startsWith(pages) || topic.startsWith(changes))
                        .forEach(topic -> admin.deleteTopics(List.of(topic)));
            } catch (ExecutionException notDone) {
                LoggerFactory.getLogger(KafkaRoom.class).warn("Topics stay.", notDone);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The pages that are in them are lost; what is made of them is not. */
    private String deleteTopics() {
        List<String> topics =
                Stream.of("catalog", "harvest").map(room -> pages + "." + room).toList();
        mend();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            admin.deleteTopics(topics).all().get();
            return "the topics of pages are deleted";
        } catch (ExecutionException notThere) {
            return "the topics of pages are not all there: "
                    + notThere.getCause().getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the lab ends";
        }
    }

    private void start() {
        broker.start();
        leavings.node(broker.handle());
    }

    @Override
    public synchronized void mend() {
        way.cut(false);
        way.slow(0);
        if (!broker.handle().isAlive()) {
            start();
        }
    }

    @Override
    public void calm() {
        mend();
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        long unpublished = database.unpublished();
        List<String> behind = database.texts(
                "select format('numbered up to %s, in the topic up to %s', c.number, coalesce(t.after, 0))"
                        + " from (select max(number) as number from harvest.changes) c left join harvest.topics t on true"
                        + " where coalesce(t.after, 0) < c.number or t.claimed_by is not null");
        return unpublished > 0 ? unpublished + " changes have no number" : String.join("", behind);
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        List<String> wrong = new ArrayList<>();
        List<ConsumerRecord<String, String>> records = CommittedRecords.of(broker.brokers(), changes);
        List<Long> published =
                CommittedRecords.numbers(records).stream().sorted().toList();
        List<Long> numbered = database.texts("select number from harvest.changes order by number").stream()
                .map(Long::valueOf)
                .toList();
        if (!published.equals(numbered)) {
            TreeSet<Long> lost = new TreeSet<>(numbered);
            published.forEach(lost::remove);
            wrong.add("kafka: %d changes are numbered, %d are in the topic; lost: %s"
                    .formatted(numbered.size(), published.size(), lost));
        }
        records.stream().collect(Collectors.groupingBy(ConsumerRecord::key)).forEach((dataset, ofOne) -> {
            List<Long> numbers = CommittedRecords.numbers(ofOne);
            if (!numbers.equals(numbers.stream().sorted().toList())) {
                wrong.add("kafka: changes of %s are not in order: %s".formatted(dataset, numbers));
            }
        });
        if (broker.records(pages + ".harvest") == 0) {
            wrong.add("kafka: no page of the harvest went through the broker");
        }
        return wrong;
    }

    @Override
    public void close() {
        way.close();
        broker.close();
    }
}
