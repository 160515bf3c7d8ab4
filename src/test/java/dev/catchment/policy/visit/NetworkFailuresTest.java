package dev.catchment.policy.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.Watched;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the network is an outcome of the visit. */
class NetworkFailuresTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.pages();
    }

    private Verdict failure(String url) {
        PageVisit visit = DOOR.visit(new PageVisit(URI.create(url), Map.of(), "test/1"));
        assertThat(visit.fetched()).isNull();
        assertThat(visit.failure().words()).doesNotContain("Exception").contains("asked=");
        return visit.failure();
    }

    private FetchOutcome outcome(String path) {
        return failure(server.url(path)).outcome();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Begins an answer, and writes the same piece of it again and again until nobody listens. */
    private void drip(String path, String begin, String piece) {
        server.serveRaw(path, out -> {
            write(out, begin);
            for (CountDownLatch never = new CountDownLatch(1); !pause(never); ) {
                write(out, piece);
            }
        });
    }

    private static boolean pause(CountDownLatch never) throws IOException {
        try {
            return never.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void a_server_that_nobody_runs_cannot_be_reached() {
        assertThat(failure("http://127.0.0.1:1/fees").outcome()).isEqualTo(FetchOutcome.UNREACHABLE);
        assertThat(Watched.host("robots_status", "127.0.0.1:1")).isEqualTo("0");
    }

    @Test
    void a_host_that_is_not_there_is_not_known() {
        assertThat(failure("http://no-such-host.invalid/fees").outcome()).isEqualTo(FetchOutcome.UNKNOWN_HOST);
    }

    @Test
    void a_server_without_a_certificate_is_not_secure() {
        String url = server.url("/fees").replace("http:", "https:");
        assertThat(failure(url).outcome()).isEqualTo(FetchOutcome.INSECURE);
    }

    @Test
    void an_address_of_our_own_network_is_refused_before_it_is_asked() {
        DOOR.set("policy.http.allow-private", "false");
        Verdict failure = failure(server.url("/fees"));
        assertThat(failure.outcome()).isEqualTo(FetchOutcome.ADDRESS_REFUSED);
        assertThat(failure.detail()).contains("127.0.0.1, which is not a public address");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void a_server_that_says_nothing_is_left() {
        drip("/fees", "", "");
        DOOR.set("policy.http.timeout", "300ms");
        assertThat(outcome("/fees")).isEqualTo(FetchOutcome.TIMED_OUT);
    }

    @Test
    void a_server_that_drips_is_left_wherever_it_does() throws IOException {
        drip("/status", "HTTP/1.1 2", "0");
        drip("/headers", "HTTP/1.1 200 OK\r\nX: ", "x");
        drip("/body", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x");
        drip("/chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
        // Blocks of nothing: they never come to a byte of the text.
        String gzip = "\u001f\u008b\b\0\0\0\0\0\0\u00ff";
        drip("/packed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip, "\0\0\0\u00ff\u00ff");
        DOOR.set("policy.http.timeout", "400ms");
        assertThat(outcome("/status")).isEqualTo(FetchOutcome.TIMED_OUT);
        assertThat(outcome("/headers")).isEqualTo(FetchOutcome.TIMED_OUT);
        assertThat(outcome("/body")).isEqualTo(FetchOutcome.TIMED_OUT);
        assertThat(outcome("/chunks")).isEqualTo(FetchOutcome.TIMED_OUT);
        assertThat(outcome("/packed")).isEqualTo(FetchOutcome.TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>Fees",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<p>Fees\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\n<p>Fees",
                "HTTP/1.1 200 OK\r\nContent-Ty",
                "<p>Fees",
                ""
            })
    void an_answer_that_is_cut_off_or_none_is_broken(String answer) {
        server.serveRaw("/fees", out -> write(out, answer));
        assertThat(outcome("/fees")).isEqualTo(FetchOutcome.BROKEN_ANSWER);
    }

    @Test
    void what_the_database_would_not_take_is_not_told() {
        server.serveRaw("/fees", out -> write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\0z\r\n"));
        assertThat(failure(server.url("/fees")).detail()).contains("z z").doesNotContain("\0");
        server.serveRaw("/named", out -> write(out, "HTTP/1.1 200 OK\r\nX\0Y: a\0b\r\n\r\n<p>Fees"));
        PageVisit named = DOOR.visit(new PageVisit(URI.create(server.url("/named")), Map.of(), "test/1"));
        assertThat(named.fetched().headers()).containsEntry("x y", "a b");
    }

    @Test
    @Timeout(30)
    void an_answer_that_is_packed_again_and_again_is_broken_and_the_visit_ends() {
        String packed = "HTTP/1.1 200 OK\r\nContent-Encoding: " + "gzip, ".repeat(5_000) + "gzip\r\n\r\n<p>Fees";
        server.serveRaw("/fees", out -> write(out, packed));
        assertThat(outcome("/fees")).isEqualTo(FetchOutcome.BROKEN_ANSWER);
    }
}
