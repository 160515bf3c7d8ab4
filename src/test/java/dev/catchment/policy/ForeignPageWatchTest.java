package dev.catchment.policy;

import static dev.catchment.policy.ForeignPages.POLICY;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.source;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes in the place of a policy is no version of it, however often it is confirmed, and its end is no change. */
class ForeignPageWatchTest {
    @RegisterExtension
    static final PolicyRig RIG = new PolicyRig();

    @BeforeEach
    void watch() {
        serve(ForeignPages.page(POLICY));
        source("Visa", RIG.pages().url("/visa"));
        TestDatabase.execute("insert into policy.route_subscriptions (email, is_active, confirmed_at) "
                + "values ('anyone@example.org', true, now())");
        RIG.watch();
    }

    private static void serve(String html) {
        RIG.pages().serve("/visa", ServedPage.html(html));
    }

    /** Seen, confirmed, gone again. */
    private static void comesAndGoes(String html) {
        serve(html);
        RIG.watchAgain();
        RIG.watchAgain();
        serve(ForeignPages.page(POLICY));
        RIG.watchAgain();
    }

    private static void assertThatNothingWasTold() {
        assertThat(outcomes()).endsWith("unchanged").doesNotContain("changed");
        assertThat(versions()).hasSize(1);
        assertThat(number("select count(*) from policy.email_alerts")).isZero();
        assertThat(number("select count(*) from policy.candidates")).isZero();
    }

    @Test
    void no_page_in_its_place_becomes_a_version() {
        ForeignPages.texts().values().forEach(text -> comesAndGoes(ForeignPages.page(text)));
        assertThatNothingWasTold();
        assertThat(outcomes()).contains("held foreign", "held language");
    }

    @Test
    void its_text_in_another_language_becomes_no_version() {
        comesAndGoes(ForeignPages.page(ForeignPages.IN_GERMAN));
        assertThat(outcomes()).contains("held language");
        assertThatNothingWasTold();
    }

    @Test
    void an_error_that_differs_at_each_fetch_never_counts_and_what_is_new_after_it_is_confirmed_as_ever() {
        for (int request = 1; request <= 4; request++) {
            serve(ForeignPages.page(
                    ForeignPages.texts().get("en maintenance, long") + "Reference number of this visit " + request));
            RIG.watchAgain();
        }
        serve(ForeignPages.page(POLICY.replace("490", "524")));
        RIG.watchAgain();
        RIG.watchAgain();
        assertThat(outcomes())
                .contains("held foreign")
                .containsSubsequence("candidate changed", "changed")
                .doesNotContain("held unsteady");
        assertThat(versions()).hasSize(2);
    }

    @Test
    void a_body_that_breaks_off_without_a_length_is_cut_and_asked_for_once_more_at_once() {
        String page = ForeignPages.page(POLICY);
        RIG.pages()
                .serveRaw(
                        "/visa",
                        out -> out.write(("HTTP/1.1 200 Served\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                                        + page.substring(0, page.length() * 2 / 3))
                                .getBytes(StandardCharsets.UTF_8)));
        RIG.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "failed cut", "failed cut");
        serve(page);
        RIG.watchAgain();
        assertThatNothingWasTold();
    }

    @Test
    void a_page_that_has_no_end_tags_needs_none() {
        String open = ForeignPages.page(POLICY).replace("</body></html>", "");
        RIG.pages().serve("/open", ServedPage.html(open));
        source("Open", RIG.pages().url("/open"));
        RIG.watch();
        RIG.pages().serve("/open", ServedPage.html(open.replace("490", "524")));
        RIG.watchAgain();
        assertThat(outcomes()).contains("changed");
    }

    @Test
    void operators_are_told_once_when_a_page_is_held_and_once_when_it_is_back() {
        comesAndGoes(ForeignPages.page(ForeignPages.texts().get("en consent")));
        assertThat(texts("select concat_ws(' ', kind, cause) from policy.notices order by id"))
                .containsExactly("held foreign", "recovered");
        assertThat(text("select detail from policy.notices where kind = 'held'"))
                .contains("policy accept");
        assertThat(TestDatabase.get().rows("policy/verify-policy", Map.of())).isEmpty();
    }

    @Test
    void what_an_operator_accepts_counts_at_the_next_fetch_if_it_is_still_there() {
        Map<String, Object> visa = new HashMap<>(Map.of("source", text("select id from policy.sources")));
        visa.put("hash", null);
        serve(ForeignPages.page(ForeignPages.texts().get("en other page of the site")));
        RIG.watchAgain();
        TestDatabase.get().rows("policy/update-accepted-candidate", visa);
        serve(ForeignPages.page(ForeignPages.texts().get("en consent")));
        RIG.watch();
        assertThat(outcomes()).as("another one came").containsExactly("baseline", "held foreign", "held foreign");
        assertThat(TestDatabase.get().rows("policy/update-accepted-candidate", visa))
                .as("it is not the one that operators were told of")
                .isEmpty();
        visa.put("hash", text("select left(content_hash, 8) from policy.candidates"));
        TestDatabase.get().rows("policy/update-accepted-candidate", visa);
        RIG.watch();
        assertThat(outcomes()).endsWith("changed");
        assertThat(number("select count(*) from policy.email_alerts")).isEqualTo(1);
        assertThat(texts("select kind from policy.notices order by id")).containsExactly("held", "recovered");
    }

    @Test
    void what_stays_for_days_counts() {
        serve(ForeignPages.page(ForeignPages.texts().get("en other page of the site")));
        RIG.watchAgain();
        assertThat(text("select confirm_at - seen_at from policy.candidates")).isEqualTo("7 days");
        assertThat(text("select state from policy.source_health")).isEqualTo("held");
        TestDatabase.execute(
                "update policy.candidates set seen_at = seen_at - interval '8 days', confirm_at = confirm_at - interval '8 days'");
        RIG.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "held foreign", "changed");
    }
}
