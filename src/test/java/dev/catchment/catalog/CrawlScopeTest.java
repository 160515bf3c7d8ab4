package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import dev.catchment.support.OtherRun;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("process")
class CrawlScopeTest {
    private static OtherRun otherCrawl() throws Exception {
        return OtherRun.begin(TestDatabase::execute, "catalog", "crawl", "us");
    }

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_second_crawl_of_a_region_is_refused_while_the_first_goes_on() {
        rig.serve(Assets.lines(55)).standIn().setLatency(Duration.ofMillis(40));
        var first = rig.crawlLater(Orders.whole());
        Await.until("a page is committed", () -> number("select count(*) from ops.requests") >= 1);
        assertThatThrownBy(rig::crawl).isInstanceOf(ScopeBusy.class).hasMessageContaining("under way already");
        assertThat(first.join()).containsEntry("status", "succeeded").containsEntry("added", 55L);
        assertThat(number("select count(*) from ops.runs")).isEqualTo(1);
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
    }

    @Test
    void a_region_that_another_process_crawls_is_left_to_it_until_it_has_ended() throws Exception {
        rig.serve(Assets.lines(5));
        try (OtherRun other = otherCrawl()) {
            assertThat(other).isNotNull();
            assertThatThrownBy(rig::crawl).isInstanceOf(ScopeBusy.class);
        }
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(texts("select status from ops.runs order by id")).containsExactly("succeeded", "succeeded");
    }

    @Test
    void a_run_of_this_process_that_could_not_be_closed_does_not_hold_its_region() {
        rig.serve(Assets.lines(5));
        TestDatabase.execute("create function public.refuse() returns trigger language plpgsql as "
                + "$$ begin raise exception 'refused' using errcode = 'data_exception'; end $$");
        TestDatabase.execute("create trigger refuse before update of status on ops.runs "
                + "for each row execute function public.refuse()");
        try {
            assertThatThrownBy(rig::crawl).hasStackTraceContaining("refused");
        } finally {
            TestDatabase.execute("drop function public.refuse() cascade");
        }
        assertThat(texts("select status from ops.runs")).containsExactly("running");
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(texts("select status from ops.runs order by id")).containsExactly("abandoned", "succeeded");
    }

    @Test
    void a_service_that_finds_a_region_taken_says_so_in_a_line_and_nothing_else() throws Exception {
        rig.serve(Assets.lines(5)).set("catalog.crawl-on-start", "always").set("log.format", "text");
        rig.set("catalog.us.cron", "*/2 * * * * ?");
        try (CrawlProcess service = CrawlProcess.service("catalog", rig.settings());
                OtherRun other = otherCrawl()) {
            Await.until(
                    "it was refused at its start and at its times",
                    service::standardError,
                    said -> said.split("A run of catalog/crawl/us is under way already").length > 2);
            other.close();
            Await.until("it crawls", () -> number("select count(*) from ops.runs where scope = 'us'") >= 2);
            assertThat(service.standardError().lines())
                    .allMatch(line -> line.matches("\\S+Z INFO .*"))
                    .as("the start, too")
                    .anyMatch(line -> line.contains("under way already"));
        }
    }

    @Test
    void both_regions_are_crawled_at_once() {
        rig.serve(Assets.lines(35)).standIn().setLatency(Duration.ofMillis(40));
        var us = rig.crawlLater(Orders.whole());
        var eu = rig.crawlLater(WalkOrder.whole("catalog", "crawl", "eu", "test"));
        assertThat(us.join()).containsEntry("added", 35L);
        assertThat(eu.join()).containsEntry("added", 35L);
        assertThat(number("select count(*) from ops.runs a join ops.runs b on a.scope = 'us' and b.scope = 'eu' "
                        + "and a.started_at < b.finished_at and b.started_at < a.finished_at"))
                .isEqualTo(1);
    }

    @Test
    void a_run_that_another_process_took_for_dead_ends_clearly_and_writes_nothing_more() {
        rig.serve(Assets.lines(95)).standIn().setLatency(Duration.ofMillis(40));
        var crawl = rig.crawlLater(Orders.whole());
        Await.until("a page is committed", () -> number("select count(*) from ops.requests") >= 1);
        TestDatabase.execute(
                "update ops.runs set status = 'abandoned', finished_at = heartbeat_at, error = 'taken for dead'");
        long pages = number("select count(*) from ops.requests");
        Await.until("the crawl has ended", crawl::isDone);
        assertThat(crawl).isCompletedWithValueMatching(run -> "abandoned".equals(run.get("status")));
        assertThat(number("select count(*) from ops.requests")).isEqualTo(pages);
        assertThat(texts("select status || error from ops.runs")).containsExactly("abandonedtaken for dead");
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select resumes from ops.runs where id = 2")).isEqualTo(1);
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(95);
    }
}
