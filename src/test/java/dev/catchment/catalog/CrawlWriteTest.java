package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrawlWriteTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @AfterEach
    void mend() {
        execute("drop function if exists catalog.refuse cascade");
    }

    @Test
    void a_page_that_the_database_refuses_ends_the_run_and_is_not_half_written() {
        refuse(Assets.id(15));
        Map<String, Object> run = rig.crawl(Assets.lines(95));
        assertThat(run).containsEntry("status", "failed").containsEntry("cursor", Assets.id(10));
        assertThat((String) run.get("error")).contains("not this one");
        assertThat(number("select count(*) from ops.requests where sequence = 2"))
                .isZero();
        assertThat(number(
                        "select count(*) from catalog.dataset_sightings where id between ? and ?",
                        Assets.id(11),
                        Assets.id(20)))
                .isZero();
        assertThat(number("select count(*) from catalog.socrata_datasets"))
                .isEqualTo(number("select seen from ops.runs"))
                .isLessThan(95);
    }

    @Test
    void the_next_run_completes_what_the_database_refused() {
        refuse(Assets.id(15));
        rig.crawl(Assets.lines(95));
        mend();
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(95);
        assertThat(text("select resumes || cursor from ops.runs where id = 2")).isEqualTo("1" + Assets.id(95));
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
    }

    /** After a fail-over to a server that is not promoted yet: nothing of the run can be written, not even that it failed. */
    @Test
    void a_run_on_a_server_that_is_read_only_for_a_while_does_not_keep_its_scope() {
        rig.serve(Assets.lines(300)).standIn().setLatency(Duration.ofMillis(20));
        CompletableFuture<Map<String, Object>> crawl =
                rig.crawlLater(WalkOrder.whole("catalog", "crawl", "us", "test"));
        Await.until("it crawls", () -> rig.requests().size() >= 5);
        execute("alter system set default_transaction_read_only = on");
        execute("select pg_reload_conf()");
        try {
            assertThatThrownBy(crawl::join).hasStackTraceContaining("read-only transaction");
        } finally {
            execute("alter system reset default_transaction_read_only");
            execute("select pg_reload_conf()");
            Await.until(
                    "it writes again",
                    () -> text("show default_transaction_read_only").equals("off"));
        }
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(text("select string_agg(status, ' ' order by id) from ops.runs"))
                .isEqualTo("abandoned succeeded");
    }

    @Test
    void nothing_is_retired_after_a_page_that_the_database_refused() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(35));
        refuse(Assets.id(33));
        List<String> lines = Assets.lines(1, 34).stream()
                .map(line -> line.replace("Trees", "Shrubs"))
                .toList();
        assertThat(rig.crawl(lines)).containsEntry("status", "failed").containsEntry("retired", 0L);
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is not null"))
                .isZero();
    }

    @Test
    void two_pages_are_under_way_at_the_most_while_the_database_is_slow() throws Exception {
        rig.serve(Assets.lines(95)).service();
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table catalog.socrata_datasets in share mode");
            var crawl = rig.crawlLater(Orders.whole());
            Await.until(
                    "both writers wait",
                    () -> number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 2);
            assertThat(rig.requests()).hasSize(2);
            other.rollback();
            assertThat(crawl.join()).containsEntry("status", "succeeded").containsEntry("added", 95L);
        }
    }

    @Test
    void a_page_whose_writer_is_slow_is_not_left_behind_by_the_others() throws Exception {
        List<String> lines = new ArrayList<>(Assets.lines(11, 95));
        for (int i = 1; i <= 10; i++) {
            lines.add(Assets.asset(i, "slow.example.gov").toString());
        }
        rig.serve(lines).service();
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("insert into catalog.socrata_hosts values ('slow.example.gov', 'us')");
            var crawl = rig.crawlLater(Orders.whole());
            Await.until("the second page is committed", () -> number("select count(*) from ops.requests") == 1);
            Await.until("nothing goes on", () -> isParked("dev.catchment.flow.InFlight"));
            assertThat(rig.requests()).hasSize(2);
            other.rollback();
            assertThat(crawl.join()).containsEntry("status", "succeeded").containsEntry("added", 95L);
        }
    }

    private static boolean isParked(String where) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.WAITING)
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(where));
    }

    @Test
    void the_next_page_is_asked_for_while_the_last_one_is_written_but_never_the_one_after() {
        AtomicInteger asked = new AtomicInteger();
        List<Long> ahead = new CopyOnWriteArrayList<>();
        rig.standIn().override(request -> {
            ahead.add(asked.getAndIncrement() - committed());
            return Optional.empty();
        });
        assertThat(Counts.of(rig.crawl(Assets.lines(295)))).isEqualTo("succeeded: seen 295, added 295");
        assertThat(ahead).hasSize(32).allMatch(pages -> pages <= 1);
    }

    /** Pages committed without a gap. */
    private static long committed() {
        return number(
                "select count(*) from (select sequence, row_number() over (order by sequence) as rank from ops.requests) q "
                        + "where sequence = rank");
    }

    private static void refuse(String id) {
        execute("create function catalog.refuse() returns trigger language plpgsql as $$ begin " + "if new.id = '" + id
                + "' then raise exception 'not this one'; end if; return new; end $$");
        execute(
                "create trigger refuse before insert or update on catalog.socrata_datasets for each row execute function catalog.refuse()");
    }
}
