package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** robots.txt is asked first, kept, and kept to. */
class RobotsVisitTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.pages().serve("/fees", ServedPage.html("<p>Fees</p>"));
    }

    private List<String> asked() {
        return server.seen().stream().map(SeenRequest::path).toList();
    }

    @Test
    void it_is_asked_first_and_once() {
        server.serve("/robots.txt", ServedPage.text("User-agent: *\nDisallow: /search"));
        assertThat(DOOR.visit("/fees").fetched().status()).isEqualTo(200);
        assertThat(DOOR.visit("/fees?all").failure()).isNull();
        assertThat(asked()).containsExactly("/robots.txt", "/fees", "/fees?all");
        assertThat(DOOR.host("convert_from(robots, 'UTF8')", 1)).endsWith("Disallow: /search");
        assertThat(DOOR.host("robots_type", 1)).isEqualTo("text/plain");
    }

    @Test
    void one_that_is_too_old_is_asked_for_again() {
        DOOR.visit("/fees");
        TestDatabase.execute("update policy.hosts set robots_fetched_at = now() - interval '25 hours'");
        DOOR.visit("/fees");
        assertThat(asked()).containsExactly("/robots.txt", "/fees", "/robots.txt", "/fees");
    }

    @Test
    void what_it_asks_us_to_leave_alone_is_left_alone() {
        server.serve("/robots.txt", ServedPage.text("User-agent: Catchment\nDisallow: /fees"));
        for (int i = 0; i < 2; i++) {
            PageVisit visit = DOOR.visit("/fees");
            assertThat(visit.failure().outcome()).isEqualTo(FetchOutcome.ROBOTS_REFUSED);
            assertThat(visit.failure().detail()).isEqualTo("asked=" + server.url("/fees"));
        }
        assertThat(asked()).containsExactly("/robots.txt");
        assertThat(DOOR.host("claimed_by", 1)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void one_that_is_not_there_allows_all(int status) {
        server.serve("/robots.txt", ServedPage.status(status));
        assertThat(DOOR.visit("/fees").fetched().status()).isEqualTo(200);
        DOOR.visit("/fees");
        assertThat(asked()).containsExactly("/robots.txt", "/fees", "/fees");
    }

    @ParameterizedTest
    @CsvSource({"500,", "503, PT7S", "429, PT7S"})
    void one_that_cannot_be_had_puts_off_and_is_asked_for_again(int status, Duration wait) {
        server.serve("/robots.txt", ServedPage.status(status).with("Retry-After", "7"));
        DOOR.set("policy.http.max-retry-after", "0ms");
        for (int i = 0; i < 2; i++) {
            Verdict failure = DOOR.visit("/fees").failure();
            assertThat(failure.outcome()).isEqualTo(FetchOutcome.ROBOTS_UNREACHABLE);
            assertThat(failure.detail()).contains("robots.txt status=" + status);
            assertThat(failure.retryAfter()).isEqualTo(wait);
        }
        assertThat(asked()).containsExactly("/robots.txt", "/robots.txt");
        server.serve("/robots.txt", ServedPage.text(""));
        assertThat(DOOR.visit("/fees").failure()).isNull();
    }

    @Test
    void it_is_followed_to_another_host_without_asking_that_for_its_own() {
        server.serve(server.host(1) + "/robots.txt", ServedPage.redirect(301, server.url(2, "/rules")))
                .serve("/rules", ServedPage.text("User-agent: *\nDisallow: /fees"));
        assertThat(DOOR.visit("/fees").failure().outcome()).isEqualTo(FetchOutcome.ROBOTS_REFUSED);
        assertThat(asked()).containsExactly("/robots.txt", "/rules");
        assertThat(DOOR.host("robots_url", 1)).isEqualTo(server.url(2, "/rules"));
        assertThat(DOOR.host("robots_status", 2)).isEqualTo("null");
    }

    @Test
    void it_is_followed_five_times_and_not_in_circles() {
        server.serve("/robots.txt", ServedPage.redirect(302, "/1"));
        for (int i = 1; i < 7; i++) {
            server.serve("/" + i, ServedPage.redirect(302, "/" + (i + 1)));
        }
        assertThat(DOOR.visit("/fees").failure().outcome()).isEqualTo(FetchOutcome.ROBOTS_UNREACHABLE);
        assertThat(asked()).containsExactly("/robots.txt", "/1", "/2", "/3", "/4", "/5");
        server.serve("/5", ServedPage.text("User-agent: *\nAllow: /"));
        assertThat(DOOR.visit("/fees").failure()).isNull();
    }

    @Test
    void one_that_leads_into_our_own_network_is_not_followed() {
        server.serve("/robots.txt", ServedPage.redirect(301, server.url(2, "/robots.txt")));
        Verdict failure = DOOR.set("policy.http.allow-private", "127.0.0.1")
                .visit("/fees")
                .failure();
        assertThat(failure.outcome()).isEqualTo(FetchOutcome.ADDRESS_REFUSED);
        assertThat(asked()).containsExactly("/robots.txt");
        assertThat(DOOR.host("robots_status", 1)).as("nothing is known").isEqualTo("null");
    }

    @Test
    void the_gap_it_asks_for_is_kept_between_visits() {
        server.serve("/robots.txt", ServedPage.text("User-agent: *\nCrawl-delay: 3600"));
        assertThat(DOOR.visit("/fees").fetched().status()).isEqualTo(200);
        Verdict failure = DOOR.visit("/fees").failure();
        assertThat(failure.outcome()).isEqualTo(FetchOutcome.HOST_BUSY);
        assertThat(failure.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(failure.words()).contains("Crawl-delay");
        TestDatabase.execute("update policy.hosts set next_request_at = now()");
        assertThat(DOOR.visit("/fees").failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"86401", "999999999", "2000000000", "99999999999999999999", "1e300", "9.9e18"})
    void one_that_is_huge_is_no_refusal_and_a_page_behind_a_redirect_is_reached(String seconds) {
        server.serve("/robots.txt", ServedPage.text("User-agent: *\nDisallow: /private\nCrawl-delay: " + seconds));
        server.serve("/old", ServedPage.redirect(301, "/fees"));
        PageVisit visit = DOOR.visit("/old");
        assertThat(visit.failure()).isNull();
        assertThat(visit.fetched().answered()).hasPath("/fees");
        assertThat(DOOR.host("next_request_at <= now() + interval '1 day'", 1))
                .as("policy.http.max-retry-after")
                .isEqualTo("true");
        TestDatabase.execute("update policy.hosts set next_request_at = now()");
        assertThat(DOOR.visit("/private").failure().outcome()).isEqualTo(FetchOutcome.ROBOTS_REFUSED);
    }
}
