package dev.catchment.catalog.standin;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.flow.standin.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StandInFaultTest {

    private static final String PAGE = "?limit=3&scroll_id=";
    private StandInServer server;

    @BeforeEach
    void start() {
        server = StandInServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            THROTTLED_FOR_SECONDS | 429 | application/json;charset=utf-8 | too_many_requests
            THROTTLED_UNTIL_DATE  | 429 | application/json;charset=utf-8 | Too many
            THROTTLED             | 429 | text/html                      | Too Many Requests
            BROKEN                | 500 | application/json;charset=utf-8 | Something went wrong
            UNAVAILABLE           | 503 | text/html                      | <html>
            HTML                  | 200 | text/html                      | <html>
            """)
    void a_queued_fault_is_met_once(Fault fault, int status, String type, String part) throws Exception {
        server.standIn().next(Fault.NONE, fault);
        HttpResponse<String> good = server.get(PAGE);
        HttpResponse<String> bad = server.get(PAGE);
        assertThat(bad.statusCode()).isEqualTo(status);
        assertThat(bad.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(bad.body()).contains(part);
        assertThat(records(server.get(PAGE))).isEqualTo(records(good)).hasSizeGreaterThan(1_000);
    }

    @Test
    void says_how_long_to_wait_in_seconds_or_until_when_or_not_at_all() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T12:00:00.400Z"), ZoneOffset.UTC);
        server.standIn().setRetryAfter(clock, Duration.ofSeconds(7));
        server.standIn().next(Fault.THROTTLED_FOR_SECONDS, Fault.THROTTLED_UNTIL_DATE, Fault.THROTTLED);
        assertThat(server.get(PAGE).headers().firstValue("Retry-After")).hasValue("7");
        assertThat(server.get(PAGE).headers().firstValue("Retry-After")).hasValue("Thu, 1 Jan 2026 12:00:08 GMT");
        assertThat(server.get(PAGE).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void a_truncated_page_ends_cleanly_and_an_empty_one_has_no_bytes() throws Exception {
        String good = server.get(PAGE).body();
        server.standIn().next(Fault.TRUNCATED, Fault.EMPTY);
        HttpResponse<String> truncated = server.get(PAGE);
        assertThat(truncated.statusCode()).isEqualTo(200);
        assertThat(good)
                .startsWith(truncated.body())
                .hasSizeGreaterThan(truncated.body().length());
        assertThat(server.get(PAGE).body()).isEmpty();
    }

    @Test
    void a_dropped_connection_is_seen_as_broken() throws Exception {
        server.standIn().next(Fault.DROPPED);
        assertThatThrownBy(() -> server.get(PAGE)).isInstanceOf(IOException.class);
        assertThat(server.get(PAGE).statusCode()).isEqualTo(200);
    }

    @Test
    void a_hang_holds_up_neither_others_nor_the_shutdown() throws Exception {
        server.standIn().next(Fault.HANG);
        CompletableFuture<HttpResponse<String>> hanging = server.getLater(PAGE);
        server.awaitRequests(1);
        assertThat(server.get(PAGE).statusCode()).isEqualTo(200);
        assertThat(hanging).isNotDone();
        CompletableFuture.runAsync(server::close).get(5, MINUTES);
    }

    @Test
    void a_page_may_be_unsorted_or_not_advance() throws Exception {
        String first = records(server.get(PAGE));
        server.standIn().next(Fault.NOT_ADVANCING, Fault.UNSORTED);
        assertThat(records(server.get("?limit=3&scroll_id=7777-7777"))).isEqualTo(first);
        assertThat(records(server.get(PAGE))).isNotEqualTo(first).hasSameSizeAs(first);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"HANG", "NONE", "UNSORTED", "NOT_ADVANCING"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_fault_leaves_the_next_answer_whole(Fault fault) throws Exception {
        server.standIn().next(fault);
        try {
            server.get(PAGE);
        } catch (IOException expected) {
            assertThat(fault).isEqualTo(Fault.DROPPED);
        }
        assertThat(server.get(PAGE).body()).startsWith("{\"results\":[").endsWith("\"warnings\":[]}");
    }

    /** Without what differs from one answer to the next. */
    private static String records(HttpResponse<String> response) {
        return response.body().replaceAll("\"timings\":\\{[^}]*}", "");
    }
}
