package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.source;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules change: what was kept is made into text again, and nobody is told. */
class TechnicalVersionTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static final String WHOLE = "The fee is 100 pounds.\nVisitors today 17\nApply online.";
    private static final String DROP = "{\"rules\": {\"drop\": [\"p:contains(Visitors)\"]}}";

    @BeforeEach
    void subscribe() {
        TestDatabase.execute("insert into policy.route_subscriptions (email, is_active, confirmed_at) "
                + "values ('anyone@example.org', true, now())");
    }

    private static void serve(String lines) {
        POLICY.pages().serve("/visa", VisaPage.of(lines));
    }

    private static void baseline() {
        serve(WHOLE);
        source("Visa", POLICY.pages().url("/visa"));
        POLICY.watch();
    }

    private static void rules(String metadata) {
        TestDatabase.execute("update policy.sources set metadata = '" + metadata + "'");
    }

    @Test
    void other_rules_make_a_technical_version_that_alerts_nobody() {
        baseline();
        rules(DROP);
        POLICY.watchAgain();
        assertThat(versions()).containsExactly(WHOLE, "technical The fee is 100 pounds.\nApply online.");
        assertThat(outcomes()).containsExactly("baseline", "unchanged");
        assertThat(text("select is_technical from policy.policy_changes")).isEqualTo("true");
        assertThat(number("select count(*) from policy.email_alerts")).isZero();
        POLICY.watchAgain();
        assertThat(versions()).hasSize(2);
    }

    @Test
    void a_page_that_changed_with_the_rules_is_compared_like_with_like() {
        baseline();
        rules(DROP);
        serve(WHOLE.replace("100", "120"));
        POLICY.watchAgain();
        assertThat(versions())
                .containsExactly(
                        WHOLE,
                        "technical The fee is 100 pounds.\nApply online.",
                        "The fee is 120 pounds.\nApply online.");
        assertThat(text("select diff from policy.policy_changes where not is_technical"))
                .doesNotContain("Visitors");
        assertThat(number("select count(*) from policy.email_alerts")).isEqualTo(1);
    }

    @Test
    void rules_that_make_the_same_text_make_no_version() {
        baseline();
        rules("{\"rules\": {\"drop\": [\".nowhere\"]}}");
        POLICY.watchAgain();
        assertThat(versions()).hasSize(1);
        assertThat(text("select normaliser_version from policy.sources"))
                .isNotEqualTo(text("select normaliser_version from policy.policy_versions"));
    }

    @Test
    void a_pattern_that_is_left_out_of_the_hash_stays_in_the_text() {
        baseline();
        rules("{\"rules\": {\"ignore\": [\"Visitors today \\\\d+\"]}}");
        POLICY.watchAgain();
        serve(WHOLE.replace("17", "18"));
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "unchanged", "unchanged");
        assertThat(versions()).containsExactly(WHOLE, "technical " + WHOLE);
    }

    @Test
    void renormalising_needs_no_network_and_a_dry_run_of_it_writes_nothing() {
        baseline();
        rules(DROP);
        POLICY.pages().close();
        assertThat(POLICY.renormalise(true)).containsEntry("updated", 1L);
        assertThat(versions()).hasSize(1);
        assertThat(POLICY.renormalise(false)).containsEntry("updated", 1L).containsEntry("status", "succeeded");
        assertThat(versions()).hasSize(2);
        assertThat(POLICY.renormalise(false)).containsEntry("seen", 0L);
        assertThat(number("select count(*) from policy.email_alerts")).isZero();
    }

    @Test
    void where_the_new_rules_find_nothing_in_what_was_kept_it_stays_and_the_page_itself_decides() {
        baseline();
        rules("{\"rules\": {\"content\": [\"#new\"]}}");
        assertThat(POLICY.renormalise(false)).containsEntry("updated", 0L);
        POLICY.pages()
                .serve(
                        "/visa",
                        dev.catchment.support.ServedPage.html(
                                "<body><div id=new><p>The fee is 120 pounds.</p><p>Apply online.</p></div></body>"));
        POLICY.watchAgain();
        assertThat(versions()).containsExactly(WHOLE, "The fee is 120 pounds.\nApply online.");
    }

    @Test
    void a_source_whose_rules_are_none_is_named_and_the_others_are_made_anew() {
        baseline();
        rules(DROP);
        source("A bad one", POLICY.pages().url("/visa") + "?bad");
        POLICY.pages().serve("/visa?bad", VisaPage.of(WHOLE));
        POLICY.watch();
        TestDatabase.execute("update policy.sources set metadata = '{\"rules\": 5}' where name = 'A bad one'");
        assertThat(POLICY.renormalise(false))
                .containsEntry("status", "succeeded")
                .hasEntrySatisfying(
                        "pages",
                        pages -> assertThat(pages.toString())
                                .contains(
                                        "source=A bad one, text=unreadable", "rules must be an object", "text=other"));
    }
}
