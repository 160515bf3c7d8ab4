package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.source;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.diff.Patch;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Real pages in the order they were recorded, served and watched, twice each where a change is to be confirmed; skipped where
 * the recorded data is not beside the project.
 */
class RecordedWatchTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    @AfterEach
    void nothing_differs() {
        assertThat(TestDatabase.get().rows("policy/verify-policy", Map.of())).isEmpty();
    }

    private static void watch(List<byte[]> revisions, int times) {
        source("Page", POLICY.pages().url("/page"));
        for (byte[] revision : revisions) {
            POLICY.pages().serve("/page", ServedPage.of("text/html; charset=utf-8", revision));
            for (int i = 0; i < times; i++) {
                POLICY.watchAgain();
            }
        }
    }

    private static void watchTwice(List<byte[]> revisions) {
        watch(revisions, 2);
    }

    private static void watchOnce(List<byte[]> revisions) {
        POLICY.set("policy.confirm", "losses");
        watch(revisions, 1);
    }

    @Test
    void two_fetches_of_the_policy_manual_are_one_version() {
        String fetch = "uscis-changes/2025-07-06T";
        watchTwice(List.of(
                Pages.recorded(fetch + "13-47-08-04-00_3f1f875_snapshots_policy.last.html"),
                Pages.recorded(fetch + "14-09-51-04-00_09d6c98_snapshots_policy.last.html")));
        assertThat(versions()).hasSize(1);
        assertThat(number("select count(distinct snapshot) from policy.fetches"))
                .as("what came differs")
                .isEqualTo(2);
    }

    @Test
    void sixty_versions_that_differ_in_link_targets_are_one() {
        watchOnce(Pages.recordedAll("ota-pga-versions/Instagram_Law_Enforcement").stream()
                .map(Pages::ofMarkdown)
                .toList());
        assertThat(outcomes())
                .hasSize(60)
                .startsWith("baseline")
                .filteredOn("unchanged"::equals)
                .hasSize(59);
        assertThat(versions()).hasSize(1);
    }

    @Test
    void eleven_revisions_of_a_question_are_three_versions() {
        POLICY.set("policy.flapping.window", "0ms");
        watchTwice(Pages.recordedAll("govuk-check-uk-visa/html_afghanistan_work"));
        assertThat(versions()).hasSize(3);
        assertThat(versions().get(0)).contains("Last updated: 1 January 2015");
        assertThat(versions().get(2)).contains("Last updated: 5 May 2016");
    }

    @Test
    void an_error_page_among_the_versions_of_a_policy_never_becomes_one() {
        watchOnce(Pages.recordedAll("ota-pga-versions/Spotify_Privacy_Policy").stream()
                .map(Pages::ofMarkdown)
                .toList());
        assertThat(outcomes().stream().filter("failed soft_error"::equals).count())
                .isGreaterThanOrEqualTo(11);
        assertThat(versions())
                .hasSizeGreaterThan(1)
                .allSatisfy(text -> assertThat(text.length()).isGreaterThan(10_000));
    }

    @Test
    void the_visa_bulletins_keep_their_tables_and_each_diff_applies() {
        List<byte[]> bulletins = new ArrayList<>(Pages.recordedAll("visa-bulletin"));
        watchOnce(bulletins);
        assertThat(versions())
                .hasSize(24)
                .allSatisfy(text -> assertThat(text.lines().filter(line -> line.contains(" | ")))
                        .hasSizeGreaterThanOrEqualTo(49));
        for (Map<String, Object> change : TestDatabase.rows(
                "select c.diff, o.raw_text as before, n.raw_text as after from policy.policy_changes c "
                        + "join policy.policy_versions o on o.id = c.old_version_id "
                        + "join policy.policy_versions n on n.id = c.new_version_id")) {
            assertThat(Patch.apply((String) change.get("before"), (String) change.get("diff")))
                    .isEqualTo(change.get("after"));
        }
        assertThat(Collections.frequency(outcomes(), "changed")).isEqualTo(23);
    }

    @Test
    void an_encrypted_form_is_read_and_one_with_a_password_is_refused() {
        POLICY.pages().serve("/page", ServedPage.of("application/pdf", Pages.recorded("pdf/MaxRodin/i-129f.pdf")));
        source("Page", POLICY.pages().url("/page"), "pdf", "{}");
        POLICY.watch();
        assertThat(versions()).singleElement().asString().contains("Form I-129F Edition 01/20/25");
        POLICY.pages()
                .serve("/page", ServedPage.of("application/pdf", Pages.recorded("pdf/urlwatch/pdf-test-password.pdf")));
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("failed encrypted");
        assertThat(versions()).hasSize(1);
    }
}
