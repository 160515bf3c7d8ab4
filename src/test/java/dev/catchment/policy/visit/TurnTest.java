package dev.catchment.policy.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.support.Await;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request at a time to a host, and a gap between two. */
class TurnTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        TestDatabase.execute(
                "select ops.beat(array['one/1', 'two/1'] || array(select 'test/' || i from generate_series(0, 20) i))");
        server = DOOR.pages().serve("/fees", ServedPage.html("<p>Fees</p>"));
    }

    private CompletableFuture<PageVisit> later(String url, String worker) {
        DOOR.service();
        return CompletableFuture.supplyAsync(
                () -> DOOR.visit(new PageVisit(URI.create(url), Map.of(), worker)), task -> new Thread(task).start());
    }

    private Map<String, Object> open(String worker) {
        return TestDatabase.get()
                .rows("policy/open-host-turn", Map.of("host", server.host(1), "worker", worker))
                .get(0);
    }

    @Test
    void many_who_visit_two_hosts_never_ask_one_of_them_at_the_same_time() {
        server.pause(Duration.ofMillis(10)).serve("/old", ServedPage.redirect(302, server.url(2, "/fees")));
        List<CompletableFuture<PageVisit>> visits = IntStream.range(0, 12)
                .mapToObj(i -> later(i % 2 == 0 ? server.url("/old") : server.url(2, "/fees?" + i), "test/" + i))
                .toList();
        assertThat(visits)
                .allSatisfy(visit -> assertThat(visit.join().fetched()).isNotNull());
        assertThat(server.seen()).extracting(SeenRequest::path).hasSize(2 + 12 + 6);
        assertThat(server.mostAtOnce()).isEqualTo(1);
        assertThat(TestDatabase.number("select count(*) from policy.hosts where claimed_by is not null"))
                .isZero();
    }

    @Test
    void a_host_is_left_alone_for_the_gap_after_each_request() {
        DOOR.set("policy.http.gap", "1h").set("policy.http.patience", "50ms");
        PageVisit visit = DOOR.visit("/fees");
        assertThat(visit.failure().outcome()).isEqualTo(FetchOutcome.HOST_BUSY);
        assertThat(visit.failure().retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(server.seen()).as("robots.txt was asked for").hasSize(1);
        assertThat(DOOR.host("next_request_at > now() + interval '59 minutes'", 1))
                .isEqualTo("true");
        assertThat(DOOR.host("claimed_by", 1)).isEqualTo("null");
    }

    @Test
    void a_host_that_is_not_asked_may_be_asked_as_before() {
        server.serve("/robots.txt", ServedPage.text("User-agent: *\nDisallow: /"));
        DOOR.visit("/fees");
        String before = DOOR.host("next_request_at", 1);
        DOOR.visit("/fees");
        assertThat(DOOR.host("next_request_at", 1)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 3600, 59, 61",
        "503, 3600, 59, 61",
        "429, 999999, 119, 121",
        "500, 3600, -1, 1",
        "429, soon, -1, 1"
    })
    void a_host_is_left_alone_as_long_as_it_asks(int status, String wait, int least, int most) {
        server.serve("/fees", ServedPage.status(status).with("Retry-After", wait));
        DOOR.set("policy.http.max-retry-after", "2h").visit("/fees");
        assertThat(DOOR.host(
                        "next_request_at between now() + interval '%d minutes' and now() + interval '%d minutes'"
                                .formatted(least, most),
                        1))
                .isEqualTo("true");
    }

    @Test
    void whoever_has_the_turn_keeps_it_and_the_others_wait() {
        assertThat(open("one/1")).containsEntry("is_yours", true);
        assertThat(open("one/1")).as("it is the same who asks").containsEntry("is_yours", true);
        assertThat(open("two/1")).containsEntry("is_yours", false).containsEntry("wait", 0L);
        DOOR.set("policy.http.patience", "300ms");
        assertThat(DOOR.visit("/fees").failure().outcome()).isEqualTo(FetchOutcome.HOST_BUSY);
        assertThat(server.seen()).isEmpty();

        DOOR.set("policy.http.patience", "2m");
        CompletableFuture<PageVisit> waiting = later(server.url("/fees"), "test/2");
        TestDatabase.get().rows("policy/close-host-turn", closing("two/1"));
        assertThat(DOOR.host("claimed_by", 1))
                .as("nobody gives back what is another's")
                .isEqualTo("one/1");
        TestDatabase.get().rows("policy/close-host-turn", closing("one/1"));
        assertThat(waiting.join().fetched().status()).isEqualTo(200);
    }

    private Map<String, Object> closing(String worker) {
        return Map.of("host", server.host(1), "worker", worker, "gap", 0L);
    }

    @Test
    void who_waits_ends_waiting_when_the_process_is_told_to_stop() {
        open("one/1");
        CompletableFuture<PageVisit> waiting = later(server.url("/fees"), "test/2");
        Await.until(
                "it has begun",
                () -> DOOR.service().camel().getInflightRepository().size() > 0);
        DOOR.service().bean("running", ActiveRuns.class).stopAll();
        assertThatThrownBy(waiting::join)
                .rootCause()
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is stopping");
        DOOR.stop();
    }
}
