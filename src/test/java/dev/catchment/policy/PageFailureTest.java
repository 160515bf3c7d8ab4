package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.source;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error never becomes a version, and is told as what it is. */
class PageFailureTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static final String TEXT = "The fee is 100 pounds.\nApply online.";

    private static void baseline() {
        POLICY.pages().serve("/visa", VisaPage.of(TEXT).with("ETag", "\"1\""));
        source("Visa", POLICY.pages().url("/visa"));
        POLICY.watch();
    }

    @ParameterizedTest
    @CsvSource({
        "404, not_found",
        "410, gone",
        "401, login_needed",
        "403, forbidden",
        "406, forbidden",
        "451, legal_block",
        "429, too_many_requests",
        "503, unavailable",
        "400, bad_request",
        "204, odd_status"
    })
    void a_status_is_a_cause_and_no_version(int status, String cause) {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.status(status));
        assertThat(POLICY.watchAgain()).containsEntry("rejected", 1L).containsEntry("status", "succeeded");
        assertThat(outcomes()).containsExactly("baseline", "failed " + cause);
        assertThat(versions()).containsExactly(TEXT);
        assertThat(text(
                        "select last_error_code || ' ' || failures_in_a_row || ' ' || (last_error <> '') || (etag is null) "
                                + "from policy.sources"))
                .isEqualTo(cause + " 1 truetrue");
    }

    @Test
    void an_error_of_the_server_is_tried_once_more_in_the_same_watch() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.status(500));
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "failed server_error", "failed server_error");
        assertThat(text("select next_check_at > now() + interval '10 minutes' from policy.sources"))
                .isEqualTo("true");
    }

    @Test
    void after_an_error_the_page_is_asked_for_whole() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.status(403));
        POLICY.watchAgain();
        POLICY.pages().serve("/visa", VisaPage.of(TEXT).with("ETag", "\"1\""));
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "failed forbidden", "unchanged");
        assertThat(text("select failures_in_a_row from policy.sources")).isEqualTo("0");
    }

    @Test
    void an_error_page_that_comes_as_a_success_is_none() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.html("<title>404 Not Found</title><body>Lost? " + TEXT + "</body>"));
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("failed soft_not_found");
        assertThat(versions()).containsExactly(TEXT);
    }

    @Test
    void operators_are_told_of_the_third_failure_once_and_of_the_recovery() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.status(403));
        POLICY.watchAgain();
        POLICY.watchAgain();
        assertThat(number("select count(*) from policy.notices")).isZero();
        POLICY.watchAgain();
        POLICY.watchAgain();
        assertThat(texts("select kind || ' ' || cause from policy.notices")).containsExactly("failing forbidden");
        POLICY.pages().serve("/visa", VisaPage.of(TEXT));
        POLICY.watchAgain();
        POLICY.watchAgain();
        assertThat(texts("select kind from policy.notices order by id")).containsExactly("failing", "recovered");
    }

    @Test
    void rules_that_cannot_be_read_are_the_fault_of_the_source_and_the_others_go_on() {
        source("Bad", POLICY.pages().url("/bad"), "html", "{\"rules\": {\"drop\": [\"[[\"]}}");
        baseline();
        assertThat(texts("select concat_ws(' ', s.name, f.outcome, f.cause) from policy.fetches f "
                        + "join policy.sources s on s.id = f.source_id"))
                .containsExactlyInAnyOrder("Bad failed bad_source", "Visa baseline");
        assertThat(text("select last_error from policy.sources where name = 'Bad'"))
                .contains("rules.drop[0]");
    }

    @Test
    void what_a_server_asks_to_wait_is_waited() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.status(429).with("Retry-After", "7200"));
        POLICY.watchAgain();
        assertThat(text("select next_check_at >= now() + interval '119 minutes' from policy.sources"))
                .isEqualTo("true");
    }

    @Test
    void a_body_of_another_type_is_no_version_of_the_page() {
        baseline();
        POLICY.pages().serve("/visa", ServedPage.of("application/pdf", "%PDF-1.7 no page".getBytes()));
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "failed wrong_type");
        assertThat(List.copyOf(versions())).containsExactly(TEXT);
    }
}
