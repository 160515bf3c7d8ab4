package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers is an answer, and who asks is polite. */
class FetchTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.pages().serve("/fees", ServedPage.html("<p>Fees</p>"));
    }

    private SeenRequest lastSeen() {
        return server.seen().get(server.seen().size() - 1);
    }

    @Test
    void a_page_comes_with_status_headers_and_body() {
        server.serve(
                "/fees",
                ServedPage.html("<p>Fees</p>")
                        .with("ETag", "\"1\"")
                        .with("Vary", "[a, b]")
                        .with("Set-Cookie", "id=1"));
        PageVisit visit = DOOR.visit("/fees");
        assertThat(visit.failure()).isNull();
        assertThat(visit.fetched().status()).isEqualTo(200);
        assertThat(visit.fetched().body()).isEqualTo("<p>Fees</p>".getBytes(StandardCharsets.UTF_8));
        assertThat(visit.fetched().headers())
                .containsEntry("etag", "\"1\"")
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("content-length", "11")
                .containsOnlyKeys("etag", "content-type", "content-length", "vary");
        assertThat(visit.fetched().isRedirected()).isFalse();
        assertThat(visit.movedTo()).isNull();
        assertThat(visit.redirects()).isEmpty();
    }

    @Test
    void who_asks_says_who_it_is_and_nothing_else_of_it() {
        server.serve("/robots.txt", ServedPage.text("User-agent: *").with("Set-Cookie", "id=1"));
        DOOR.set("policy.http.contact", "https://example.org/bot").visit("/fees");
        assertThat(server.seen())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsOnlyKeys(
                                "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection")
                        .containsEntry("accept-language", "en")
                        .containsEntry("connection", "close")
                        .hasEntrySatisfying(
                                "user-agent",
                                agent -> assertThat(agent).matches("Catchment/.* \\(\\+https://example.org/bot\\)")));
    }

    @Test
    void the_validators_of_the_server_are_sent_back_and_304_is_an_answer() {
        server.serve("/fees", ServedPage.html("<p>Fees</p>").with("ETag", "\"1\""));
        PageVisit visit =
                DOOR.visit(new PageVisit(URI.create(server.url("/fees")), Map.of("If-None-Match", "\"1\""), "test/1"));
        assertThat(visit.fetched().status()).isEqualTo(304);
        assertThat(visit.fetched().body()).isEmpty();
        assertThat(visit.fetched().header("etag")).contains("\"1\"");
        server.serve("/fees", ServedPage.status(304));
        assertThat(DOOR.visit("/fees").failure().outcome())
                .as("304 to who did not say what it knows")
                .isEqualTo(FetchOutcome.ODD_STATUS);
    }

    @Test
    void validators_of_the_first_address_are_not_those_of_where_it_leads() {
        server.serve("/old", ServedPage.redirect(302, "/fees"))
                .serve("/fees", ServedPage.html("<p>Fees</p>").with("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT"));
        PageVisit visit = DOOR.visit(new PageVisit(
                URI.create(server.url("/old")),
                Map.of("If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT"),
                "test/1"));
        assertThat(visit.fetched().status()).isEqualTo(200);
        assertThat(lastSeen().headers()).doesNotContainKey("if-modified-since");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 300, 401, 403, 404, 410, 429, 500, 503})
    void whatever_its_status_an_answer_is_an_answer_and_is_asked_for_once(int status) {
        server.serve("/fees", ServedPage.status(status));
        PageVisit visit = DOOR.visit("/fees");
        assertThat(visit.failure()).isNull();
        assertThat(visit.fetched().status()).isEqualTo(status);
        assertThat(server.paths()).containsExactly("/fees");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/~visa/a%20b;v=1?q=[1]&a=b+c&d='x'&e=%2F%26",
                "/caf%C3%A9/%7B%7Bhttp.user-agent%7D%7D",
                "/a//b/%2E%2E/c?",
                "/a?b=c?d/e:@!$&()*,;=-._~"
            })
    void an_address_is_asked_for_as_it_is_written(String path) {
        assertThat(DOOR.visit(path).failure()).isNull();
        assertThat(server.paths()).containsExactly(path);
    }

    @Test
    void a_fragment_is_nobodys_business_but_ours() {
        PageVisit visit = DOOR.visit("/fees#students");
        assertThat(server.paths()).containsExactly("/fees");
        assertThat(visit.fetched().isRedirected()).isFalse();
    }

    @Test
    void what_is_packed_is_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("<p>Fees</p>".getBytes(StandardCharsets.UTF_8));
        }
        server.serve("/fees", ServedPage.of("text/html", packed.toByteArray()).with("Content-Encoding", "gzip"));
        assertThat(DOOR.visit("/fees").fetched().body()).isEqualTo("<p>Fees</p>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_wrong_charset_is_the_judges_and_bytes_come_as_they_are() {
        byte[] bytes = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        server.serve("/fees", ServedPage.of("text/html; charset=no-such-charset", bytes));
        assertThat(DOOR.visit("/fees").fetched().body()).isEqualTo(bytes);
    }
}
