package dev.catchment.flow.transport;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.spi.RouteController;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages between nodes through a real broker. */
@Tag("process")
class KafkaTest {
    private static final int ASSETS = 300;

    private static final String LONG = "It takes long: -Dkafka=all";

    private final BrokerProcess broker = TestBroker.get();
    private List<String> heldLocally;
    private List<String> pagesLocally;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @RegisterExtension
    final HarvestRig harvest = new HarvestRig();

    private final String topics = "pages-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void set() {
        harvest.set("flow.transport", "kafka")
                .set("kafka.brokers", broker.brokers())
                .set("kafka.pages.topic", topics)
                .set("kafka.pages.partitions", "3");
        rig.set("flow.transport", "kafka")
                .set("kafka.brokers", broker.brokers())
                .set(
                        "kafka.pages.topic",
                        "pages-" + UUID.randomUUID().toString().substring(0, 8))
                .set("kafka.pages.partitions", "3")
                .set("kafka.session-timeout", "6s")
                .set("catalog.crawl-on-start", "never")
                .set("catalog.us.cron", "0 0 0 1 1 ? 2099")
                .set("catalog.eu.cron", "0 0 0 1 1 ? 2099");
    }

    /** What the database holds of a crawl, but for its moments. */
    private static List<String> held() {
        return texts(
                "select id || ' ' || content_hash || ' ' || (raw::text) from catalog.socrata_datasets order by id");
    }

    /** The pages of the last run: which there are, and what each had. */
    private static List<String> pages() {
        return texts("select sequence || ' ' || coalesce(first_key, '') || ' ' || records from ops.requests"
                + " where run_id = (select max(id) from ops.runs) order by sequence");
    }

    private static Map<String, Object> counts(Map<String, Object> summary) {
        Map<String, Object> counts = new HashMap<>(summary);
        counts.keySet()
                .retainAll(
                        List.of("seen", "added", "updated", "unchanged", "retired", "restored", "rejected", "cursor"));
        return counts;
    }

    /** What a local crawl of the same comes to; the database is empty again afterwards. */
    private Map<String, Object> local() {
        rig.serve(Assets.lines(ASSETS)).set("flow.transport", "local");
        Map<String, Object> local = counts(rig.crawl());
        heldLocally = held();
        pagesLocally = pages();
        TestDatabase.empty();
        rig.set("flow.transport", "kafka").standIn().setLatency(Duration.ofMillis(50));
        return local;
    }

    private void isAsLocally(Map<String, Object> local, Map<String, Object> summary) {
        assertThat(summary).containsEntry("status", "succeeded").containsAllEntriesOf(local);
        assertThat(held()).isEqualTo(heldLocally);
        assertThat(pages()).isEqualTo(pagesLocally);
    }

    /** What is held is all there is, and no record came twice into the ledger. */
    private static void isWhole() {
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(ASSETS);
        assertThat(number("select count(*) from catalog.versions")).isZero();
        assertThat(
                        texts(
                                "select first_key from ops.requests where first_key is not null group by 1 having count(*) > 1"))
                .isEmpty();
        assertThat(number("select sum(added) from ops.runs")).isEqualTo(ASSETS);
    }

    private CompletableFuture<Map<String, Object>> begun() {
        CompletableFuture<Map<String, Object>> crawl =
                rig.crawlLater(WalkOrder.whole("catalog", "crawl", "us", "test"));
        Await.until(
                "it crawls",
                () -> texts("select status || coalesce(error, '') from ops.runs"),
                said -> number("select count(*) from ops.requests") >= 5);
        return crawl;
    }

    private void consume(boolean wanted) throws Exception {
        RouteController routes = rig.service().camel().getRouteController();
        if (wanted) {
            routes.startRoute("catalog-crawl-commit");
        } else {
            routes.stopRoute("catalog-crawl-commit");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "kafka", matches = "all", disabledReason = LONG)
    void another_node_writes_what_this_one_fetches_and_when_it_is_killed_the_rest_is_written_here() throws Exception {
        Map<String, Object> local = local();
        try (CrawlProcess other = CrawlProcess.service("catalog", rig.settings())) {
            Await.until("it writes", other::standardError, said -> said.contains("A topic was made"));
            consume(false);
            CompletableFuture<Map<String, Object>> crawl = begun();
            consume(true);
            other.kill();
            isAsLocally(local, crawl.join());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "kafka", matches = "all", disabledReason = LONG)
    void a_broker_that_is_killed_in_the_middle_and_comes_back_costs_time_alone() {
        Map<String, Object> local = local();
        CompletableFuture<Map<String, Object>> crawl = begun();
        broker.kill();
        broker.start();
        isAsLocally(local, crawl.join());
    }

    @Test
    @EnabledIfSystemProperty(named = "kafka", matches = "all", disabledReason = LONG)
    void a_broker_that_stays_away_fails_the_run_which_the_next_one_resumes() {
        local();
        rig.set("kafka.send-timeout", "2s").set("kafka.pages.timeout", "2s");
        CompletableFuture<Map<String, Object>> crawl = begun();
        broker.kill();
        Map<String, Object> failed = crawl.join();
        broker.start();
        assertThat(failed).containsEntry("status", "failed");
        assertThat((String) failed.get("error")).contains("kafka.brokers");
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(texts("select status || coalesce(resumes::text, '') from ops.runs order by id"))
                .containsExactly("failed", "succeeded1");
        isWhole();
    }

    @Test
    @EnabledIfSystemProperty(named = "kafka", matches = "all", disabledReason = LONG)
    void a_node_that_is_told_to_end_while_no_broker_answers_hands_its_run_over_and_ends_in_time() throws Exception {
        local();
        Map<String, String> settings = new HashMap<>(rig.settings());
        settings.put("catalog.us.cron", "* * * * * ?");
        settings.put("kafka.send-timeout", "5m");
        try (CrawlProcess node = CrawlProcess.service("catalog", settings)) {
            Await.until("it crawls", node::standardError, said -> number("select count(*) from ops.requests") >= 5);
            broker.kill();
            Await.until(
                    "the broker takes nothing",
                    node::standardError,
                    said -> texts("select 1 from ops.requests having max(requested_at) < now() - interval '3 seconds'")
                                    .size()
                            == 1);
            node.terminate();
            assertThat(node.exitCode()).as(node.standardError()).isEqualTo(130);
        } finally {
            broker.start();
        }
        assertThat(texts("select scope || ' ' || status from ops.runs")).containsExactly("us stopped");
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        isWhole();
    }

    @Test
    @EnabledIfSystemProperty(named = "kafka", matches = "all", disabledReason = LONG)
    void a_topic_that_is_deleted_in_the_middle_is_made_again_and_the_crawl_goes_on_or_is_resumed() throws Exception {
        local();
        rig.set("kafka.send-timeout", "2s").set("kafka.pages.timeout", "3s");
        CompletableFuture<Map<String, Object>> crawl = begun();
        try (Admin admin = Admin.create(TestBroker.client())) {
            admin.deleteTopics(List.of(topic())).all().get();
        }
        crawl.join();
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from ops.runs where status = 'running'"))
                .isZero();
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(ASSETS);
        assertThat(number("select sum(added) from ops.runs")).isEqualTo(ASSETS);
    }

    @Test
    void what_is_delivered_twice_changes_nothing_neither_under_way_nor_when_the_run_is_over() throws Exception {
        Map<String, Object> local = local();
        rig.token("a-token-of-this-test");
        awaitTopic();
        try (Copier copier = new Copier(TestBroker.client(), topic())) {
            Map<String, Object> sent = counts(rig.crawl());
            assertThat(copier.copied()).as("while it was under way").isPositive();
            assertThat(sent).isEqualTo(local);
            Await.until("every page came twice", copier::copied, copies -> copies == pagesLocally.size());
            try (Admin admin = Admin.create(TestBroker.client())) {
                // A receipt that is lost is made up for by that of a later page, so there is always another one.
                Await.until(
                        "they were read",
                        () -> {
                            copier.copyAllAgain();
                            return read(admin);
                        },
                        reading -> reading >= 3L * pagesLocally.size());
            }
            assertThat(copier.texts()).noneMatch(text -> text.contains("a-token-of-this-test"));
        }
        assertThat(held()).isEqualTo(heldLocally);
        assertThat(pages()).isEqualTo(pagesLocally);
        assertThat(texts("select added || ' ' || unchanged || ' ' || seen from ops.runs"))
                .containsExactly(ASSETS + " 0 " + ASSETS);
        isWhole();
    }

    @Test
    void pages_whose_writer_died_before_it_could_say_so_come_again_and_who_fetches_waits_at_its_bound()
            throws Exception {
        Map<String, Object> local = local();
        // However long the machine takes for what follows: neither is the crawl over before the writers stop, nor is
        // its
        // patience before they come again.
        rig.set("kafka.pages.in-flight", "5").set("kafka.pages.timeout", "30m");
        rig.standIn().setLatency(Duration.ofMillis(300));
        int before = rig.requests().size();
        CompletableFuture<Map<String, Object>> crawl = begun();
        consume(false);
        rig.standIn().setLatency(Duration.ofMillis(20));
        try (Admin admin = Admin.create(TestBroker.client())) {
            Await.until(
                    "as many are on their way as may be",
                    () -> ends(admin) - number("select count(*) from ops.requests"),
                    away -> away == 5);
            assertThat(rig.requests().size() - before).as("it fetches no more").isEqualTo((int) ends(admin));
            Await.until(
                    "the writers have left",
                    () -> admin.describeConsumerGroups(List.of(topic()))
                            .all()
                            .get()
                            .get(topic())
                            .members(),
                    Collection::isEmpty);
            // All that was written is in the database, and the group knows nothing of it.
            Map<TopicPartition, OffsetAndMetadata> begin = IntStream.range(0, 3)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic(), partition),
                            partition -> new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(topic(), begin).all().get();
        }
        consume(true);
        isAsLocally(local, crawl.join());
    }

    private long ends(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, 3)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic(), partition), partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private long read(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(topic()).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    @Test
    void a_page_that_is_too_large_for_the_topic_is_written_here_and_what_is_no_page_stops_nobody() throws Exception {
        rig.serve(Assets.lines(ASSETS)).set("kafka.pages.max-size", "100kB").set("catalog.page-size", "100");
        awaitTopic();
        try (Copier copier = new Copier(TestBroker.client(), topic())) {
            copier.send("us", "this is no page".getBytes(StandardCharsets.UTF_8));
        }
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            assertThat(rig.crawl()).containsEntry("status", "succeeded").containsEntry("added", (long) ASSETS);
            assertThat(log.all()).anyMatch(line -> line.contains("too large for a topic, and is written here"));
        }
        isWhole();
    }

    @Test
    void a_dry_run_sends_nothing() throws Exception {
        rig.serve(Assets.lines(ASSETS));
        assertThat(rig.crawl(new WalkOrder("catalog", "crawl", "us", "test", null, false, null, null, 0, true)))
                .containsEntry("status", "succeeded")
                .containsEntry("added", (long) ASSETS);
        awaitTopic();
        try (Admin admin = Admin.create(TestBroker.client())) {
            assertThat(admin.listTopics().names().get())
                    .as("it is made for the writers")
                    .contains(topic());
            assertThat(ends(admin)).isZero();
        }
    }

    /** The service makes it when its writers begin. */
    private void awaitTopic() throws Exception {
        rig.service();
        try (Admin admin = Admin.create(TestBroker.client())) {
            Await.until("the topic is made", () -> admin.listTopics().names().get(), names -> names.contains(topic()));
        }
    }

    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    private static List<String> harvested() {
        return texts(
                "select d.key || ' ' || d.title || ' ' || (select count(*) from harvest.versions v where v.dataset_id = d.id)"
                        + " || ' ' || coalesce(d.retired_at::date::text, 'held') from harvest.datasets d order by d.key");
    }

    @Test
    void a_harvest_and_the_next_one_hold_what_local_ones_do() {
        KindStandIn standIn = harvest.standIn(BY_OFFSET);
        String url = text("select url from harvest.sources");
        harvest.set("flow.transport", "local");
        List<Map<String, Object>> local = twice(standIn);
        List<String> held = harvested();
        List<String> pages = pages();
        TestDatabase.empty();
        harvest.source(HarvestRig.SOURCE, "made-up", url).set("flow.transport", "kafka");
        assertThat(twice(standIn)).isEqualTo(local);
        assertThat(harvested()).isEqualTo(held);
        assertThat(pages()).isEqualTo(pages);
        assertThat(number("select count(*) from harvest.changes")).isEqualTo(211);
    }

    private List<Map<String, Object>> twice(KindStandIn standIn) {
        standIn.serve(HarvestRig.datasets(200));
        Map<String, Object> first = counts(harvest.harvest());
        List<String> changed = new ArrayList<>(HarvestRig.datasets(201));
        IntStream.range(0, 10).forEach(i -> changed.set(i, HarvestRig.dataset(i + 1, "Another name")));
        standIn.serve(changed);
        return List.of(first, counts(harvest.harvest()));
    }

    private String topic() {
        return rig.settings().get("kafka.pages.topic") + ".catalog";
    }
}
