package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.policy.visit.PageVisit.Redirect;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are followed by hand, and every hop is looked at. */
class RedirectTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.pages().serve("/fees", ServedPage.html("<p>Fees</p>"));
    }

    @Test
    void a_chain_is_followed_to_its_end_and_written_down() {
        server.serve("/a", ServedPage.redirect(301, "/b"))
                .serve("/b", ServedPage.redirect(308, server.url(2, "/c")))
                .serve("/c", ServedPage.redirect(302, "d/../fees#top"));
        PageVisit visit = DOOR.visit("/a");
        assertThat(visit.redirects())
                .containsExactly(
                        new Redirect(301, URI.create(server.url("/b"))),
                        new Redirect(308, URI.create(server.url(2, "/c"))),
                        new Redirect(302, URI.create(server.url(2, "/fees"))));
        assertThat(visit.movedTo()).hasToString(server.url(2, "/c"));
        assertThat(visit.fetched().isRedirected()).isTrue();
        assertThat(visit.fetched().answered()).hasToString(server.url(2, "/fees"));
        assertThat(visit.fetched().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"301, true", "308, true", "302, false", "303, false", "307, false"})
    void only_for_good_is_for_good(int status, boolean isMoved) {
        server.serve("/old", ServedPage.redirect(status, "/fees"));
        PageVisit visit = DOOR.visit("/old");
        assertThat(visit.fetched().status()).isEqualTo(200);
        assertThat(visit.movedTo() != null).isEqualTo(isMoved);
    }

    @Test
    void what_is_for_good_after_a_detour_is_not() {
        server.serve("/a", ServedPage.redirect(302, "/b")).serve("/b", ServedPage.redirect(301, "/fees"));
        assertThat(DOOR.visit("/a").movedTo()).isNull();
    }

    @Test
    void every_host_on_the_way_is_asked_for_its_own_robots() {
        server.serve("/old", ServedPage.redirect(301, server.url(2, "/fees")))
                .serve(server.host(2) + "/robots.txt", ServedPage.text("User-agent: *\nDisallow: /fees"));
        PageVisit visit = DOOR.visit("/old");
        assertThat(visit.failure().outcome()).isEqualTo(FetchOutcome.ROBOTS_REFUSED);
        assertThat(server.seen().stream().map(SeenRequest::path)).containsExactly("/robots.txt", "/old", "/robots.txt");
        assertThat(DOOR.host("claimed_by", 1)).isEqualTo("null");
        assertThat(DOOR.host("claimed_by", 2)).isEqualTo("null");
    }

    @Test
    void one_that_leads_to_itself_is_a_loop() {
        server.serve("/a", ServedPage.redirect(302, "/a"));
        PageVisit visit = DOOR.visit("/a");
        assertThat(visit.failure().outcome()).isEqualTo(FetchOutcome.REDIRECT_LOOP);
        assertThat(server.paths()).containsExactly("/a");
    }

    @Test
    void so_is_one_that_leads_back_to_where_it_was() {
        server.serve("/a", ServedPage.redirect(302, "/b"))
                .serve("/b", ServedPage.redirect(302, "/c"))
                .serve("/c", ServedPage.redirect(302, "/b"));
        assertThat(DOOR.visit("/a").failure().outcome()).isEqualTo(FetchOutcome.REDIRECT_LOOP);
        assertThat(server.paths()).containsExactly("/a", "/b", "/c");
    }

    @Test
    void ten_are_followed_and_no_more() {
        for (int i = 0; i < 12; i++) {
            server.serve("/" + i, ServedPage.redirect(302, "/" + (i + 1)));
        }
        server.serve("/10", ServedPage.html("<p>Fees</p>"));
        assertThat(DOOR.visit("/0").fetched().answered()).hasToString(server.url("/10"));
        server.serve("/10", ServedPage.redirect(302, "/11"));
        assertThat(DOOR.visit("/0").failure().outcome()).isEqualTo(FetchOutcome.REDIRECT_LOOP);
        assertThat(server.paths()).doesNotContain("/11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.2/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://127.1/"
            })
    void one_that_leads_into_our_own_network_is_refused(String address) {
        server.serve("/a", ServedPage.redirect(302, address));
        PageVisit visit = DOOR.set("policy.http.allow-private", "127.0.0.1").visit("/a");
        assertThat(visit.failure().outcome()).isEqualTo(FetchOutcome.ADDRESS_REFUSED);
        assertThat(visit.failure().detail()).contains("asked=" + address, "so it is not ");
        assertThat(server.paths()).containsExactly("/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://127.0.0.1/", "file:///etc/passwd", "mailto:visas@example.gov", "http://user@127.0.0.1/"})
    void one_that_leads_out_of_the_web_is_refused(String address) {
        server.serve("/a", ServedPage.redirect(302, address));
        assertThat(DOOR.visit("/a").failure().outcome()).isEqualTo(FetchOutcome.ADDRESS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://", "http://127.0.0.1\\@example.gov/", "#top"})
    void one_that_does_not_say_where_is_an_answer(String address) {
        server.serve("/a", ServedPage.redirect(302, address));
        PageVisit visit = DOOR.visit("/a");
        assertThat(visit.failure()).isNull();
        assertThat(visit.fetched().status()).isEqualTo(302);
    }

    @Test
    void what_looks_like_a_setting_of_ours_is_not_filled_in() {
        server.serve("/a", ServedPage.redirect(302, "/{{http.user-agent}}?${env:PATH}"));
        DOOR.visit("/a");
        assertThat(server.paths()).containsExactly("/a", "/%7B%7Bhttp.user-agent%7D%7D?$%7Benv:PATH%7D");
    }
}
