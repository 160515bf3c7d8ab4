package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.catalog.standin.DiscoveryStandIn;
import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppTokenTest {
    private static final String TOKEN = "s3cr3tAppToken";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void goes_in_the_header_of_every_request_and_nowhere_else() {
        rig.set("catalog.retire.max-percent", "100%").token(TOKEN).crawl(Assets.lines(15));
        try (CapturedLog log = CapturedLog.of(Level.DEBUG)) {
            rig.standIn().next(Fault.BROKEN, Fault.TRUNCATED, Fault.NONE);
            rig.crawl(Assets.lines(14));
            rig.standIn().override(request -> Optional.of(Answer.json(404, "{\"error\":\"not found\"}")));
            rig.crawl();
            assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
        }
        assertThat(rig.requests()).hasSizeGreaterThan(7).allSatisfy(request -> {
            assertThat(request.headers()).containsEntry("X-App-Token", TOKEN);
            assertThat(request.query()).doesNotContain(TOKEN);
        });
        assertThat(text("select string_agg(r::text || q::text, '') from ops.runs r left join ops.requests q on true"))
                .contains("scroll_id")
                .doesNotContain(TOKEN);
    }

    @Test
    void is_not_sent_when_there_is_none() {
        rig.token("  ").crawl(Assets.lines(5));
        assertThat(rig.requests()).noneMatch(request -> request.headers().containsKey("X-App-Token"));
    }

    @Test
    void refused_with_403_is_dropped_with_one_warning_and_the_crawl_goes_on_without() {
        rig.token(DiscoveryStandIn.REFUSED_TOKEN).serve(Assets.lines(15)).service();
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            assertThat(rig.crawl()).containsEntry("status", "succeeded").containsEntry("added", 15L);
            assertThat(log.ours(Level.WARN)).hasSize(1).first().asString().contains("SOCRATA_APP_TOKEN");
        }
        assertThat(rig.requests())
                .extracting(request -> request.headers().containsKey("X-App-Token"))
                .containsExactly(true, false, false, false, false);
    }

    @Test
    void once_dropped_does_not_keep_later_pages_from_being_tried_again() {
        rig.token(DiscoveryStandIn.REFUSED_TOKEN).standIn().next(Fault.NONE, Fault.NONE, Fault.BROKEN, Fault.TRUNCATED);
        assertThat(rig.crawl(Assets.lines(15))).containsEntry("status", "succeeded");
        assertThat(rig.requests()).hasSize(7);
    }

    @Test
    void refused_for_both_regions_at_once_fails_neither() {
        rig.token(DiscoveryStandIn.REFUSED_TOKEN).serve(Assets.lines(5));
        rig.standIn().setLatency(Duration.ofMillis(150));
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            var us = rig.crawlLater(Orders.whole());
            var eu = rig.crawlLater(WalkOrder.whole("catalog", "crawl", "eu", "test"));
            assertThat(us.join()).containsEntry("status", "succeeded");
            assertThat(eu.join()).containsEntry("status", "succeeded");
            assertThat(log.ours(Level.WARN)).hasSize(1);
        }
        assertThat(rig.requests().subList(0, 2))
                .allMatch(request -> request.headers().containsKey("X-App-Token"));
    }

    @Test
    void without_a_token_403_is_final() {
        rig.standIn()
                .override(request -> Optional.of(Answer.json(403, "{\"code\":\"permission_denied\",\"error\":true}")));
        assertThat(rig.crawl()).containsEntry("status", "failed");
        assertThat(rig.requests()).hasSize(1);
    }

    @Test
    void with_a_token_403_that_stays_is_final_once_the_token_is_dropped() {
        rig.token(TOKEN).standIn().override(request -> Optional.of(Answer.json(403, "{}")));
        assertThat(rig.crawl()).containsEntry("status", "failed");
        assertThat(rig.requests()).hasSize(2);
    }
}
