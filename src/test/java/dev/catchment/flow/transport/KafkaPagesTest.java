package dev.catchment.flow.transport;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.flow.RunOrder;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a writer decides about a page that came, without a broker. */
class KafkaPagesTest {
    private final KafkaPages pages = new KafkaPages(TestDatabase.get(), 5, 1000);

    @BeforeEach
    void open() {
        TestDatabase.empty();
        TestDatabase.execute("select ops.beat('{one:1/a-1}')");
        open("us");
    }

    private static void open(String scope) {
        Map<String, Object> order =
                RunOrder.whole("catalog", "crawl", scope, "test", false).parameters("node", "one:1/a-1", null);
        assertThat(TestDatabase.get().rows("ops/open-run", order)).hasSize(1);
    }

    private static PageRecord page(String database, String scope, String raws) {
        return new PageRecord(PageRecord.VERSION, database, 1, 1, scope, null, null, 0, "{}", "[]", "[]", raws);
    }

    private boolean isWanted(String database, String scope) {
        Map<String, Object> page = pages.unpack(page(database, scope, "").bytes());
        return pages.isWanted(
                page, TestDatabase.get().rows("ops/find-page", page).get(0));
    }

    @Test
    void a_page_of_another_database_is_dropped_whatever_number_its_run_has() {
        String here = text("select ops.database_id()");
        try (CapturedLog log = CapturedLog.of(Level.WARN)) {
            assertThat(isWanted(here, "us")).isTrue();
            assertThat(isWanted(here, "eu")).as("run 1 has another scope").isFalse();
            assertThat(log.all()).isEmpty();
            assertThat(isWanted("1/2", "us")).isFalse();
            assertThat(isWanted("1/2", "us")).isFalse();
            assertThat(log.all()).singleElement().asString().contains("kafka.pages.topic");
        }
    }

    @Test
    void a_page_of_any_size_that_can_be_sent_can_be_read() {
        String raws = "x".repeat(21_000_000);
        assertThat(PageRecord.of(page("1/2", "us", raws).bytes()).raws()).isEqualTo(raws);
    }

    @Test
    void a_server_that_is_short_of_something_or_takes_nothing_keeps_the_page() {
        assertThat(List.of("53100", "53200", "53300", "25006", "08006", "57P01"))
                .allMatch(state -> pages.isPassing(new IllegalStateException(new SQLException("no", state))));
        assertThat(pages.isPassing(new IllegalStateException(new SQLException("no", "22P02"))))
                .isFalse();
    }

    @Test
    void a_commit_of_any_run_of_the_room_is_seen_and_a_run_that_is_opened_is_none() {
        assertThat(committed()).isNull();
        open("eu");
        assertThat(committed()).isNull();
        TestDatabase.execute("select ops.count_run(2, '{\"seen\": 1}')");
        Long first = committed();
        assertThat(first).isPositive();
        TestDatabase.execute("select ops.count_run(2, '{\"seen\": 1}')");
        assertThat(committed()).isGreaterThan(first);
    }

    private static Long committed() {
        return (Long) TestDatabase.get()
                .rows("ops/list-committed-pages", Map.of("run", 1L, "after", 0))
                .get(0)
                .get("room_committed");
    }
}
