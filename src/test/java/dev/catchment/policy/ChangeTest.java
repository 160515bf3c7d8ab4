package dev.catchment.policy;

import static dev.catchment.policy.VisaPage.NEW;
import static dev.catchment.policy.VisaPage.OLD;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.diff.Patch;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When another text counts as a change. */
class ChangeTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static final VisaPage VISA = new VisaPage(POLICY);

    @Test
    void another_text_is_a_candidate_first_and_counts_when_it_is_seen_again() {
        VISA.isWatched();
        POLICY.watch();
        POLICY.set("policy.confirm.after", "1h");
        VISA.says(NEW);
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "candidate changed");
        assertThat(text("select confirm_at = next_check_at from policy.candidates, policy.sources"))
                .isEqualTo("true");
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("candidate changed", "candidate changed");
        TestDatabase.execute(
                "update policy.candidates set seen_at = seen_at - interval '2 hours', confirm_at = confirm_at - interval '2 hours'");
        assertThat(POLICY.watchAgain()).containsEntry("updated", 1L);
        assertThat(versions()).containsExactly(OLD, NEW);
        assertThat(number("select count(*) from policy.candidates")).isZero();
    }

    @Test
    void a_short_first_text_counts_once_a_second_fetch_has_brought_it_too() {
        POLICY.set("policy.confirm.first-below", "1000").set("policy.confirm.after", "1h");
        VISA.isWatched();
        POLICY.pages()
                .serve(
                        "/visa",
                        ServedPage.html("<html lang=\"de\"><body><h1>Wartung</h1><p>Diese Seite ist vorübergehend nicht"
                                + " verfügbar. Bitte versuchen Sie es später noch einmal.</p></body></html>"));
        POLICY.watch();
        VISA.says(OLD);
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("candidate first", "candidate first");
        TestDatabase.execute(
                "update policy.candidates set seen_at = seen_at - interval '2 hours', confirm_at = confirm_at - interval '2 hours'");
        assertThat(POLICY.watchAgain()).containsEntry("added", 1L);
        assertThat(versions()).containsExactly(OLD);
        assertThat(number("select count(*) from policy.candidates")).isZero();
    }

    @Test
    void a_short_page_that_says_something_else_at_each_fetch_has_a_first_version_all_the_same() {
        POLICY.set("policy.confirm.first-below", "1000").set("policy.confirm.after", "1h");
        VISA.isWatched();
        for (int visitor = 1; visitor <= 3; visitor++) {
            VISA.says(OLD + "\nYou are visitor number " + visitor);
            POLICY.watchAgain();
        }
        assertThat(outcomes()).containsExactly("candidate first", "candidate first", "baseline");
    }

    @Test
    void what_takes_the_place_of_a_short_page_that_changes_is_not_its_first_version() {
        POLICY.set("policy.confirm.first-below", "1000").set("policy.confirm.after", "1h");
        VISA.isWatched();
        for (int visitor = 1; visitor <= 2; visitor++) {
            VISA.says(OLD + "\nYou are visitor number " + visitor);
            POLICY.watchAgain();
        }
        POLICY.pages()
                .serve(
                        "/visa",
                        ServedPage.html("<html lang=\"de\"><body><h1>Wartung</h1><p>Diese Seite ist vorübergehend nicht"
                                + " verfügbar. Bitte versuchen Sie es später noch einmal.</p></body></html>"));
        POLICY.watchAgain();
        for (int visitor = 3; visitor <= 4; visitor++) {
            VISA.says(OLD + "\nYou are visitor number " + visitor);
            POLICY.watchAgain();
        }
        assertThat(outcomes())
                .containsExactly(
                        "candidate first", "candidate first", "candidate first", "candidate first", "baseline");
        assertThat(versions()).containsExactly(OLD + "\nYou are visitor number 4");
    }

    @Test
    void a_change_has_a_diff_that_leads_from_the_one_text_to_the_other() {
        VISA.isWatched();
        POLICY.watch();
        VISA.says(NEW);
        POLICY.watchAgain();
        Map<String, Object> change = TestDatabase.rows(
                        "select c.*, o.raw_text as before, n.raw_text as after, o.content_hash as o, n.content_hash as n "
                                + "from policy.policy_changes c join policy.policy_versions o on o.id = c.old_version_id "
                                + "join policy.policy_versions n on n.id = c.new_version_id")
                .get(0);
        assertThat((String) change.get("diff")).contains("-The fee is 100 pounds.\n+The fee is 120 pounds.\n");
        assertThat(Patch.apply((String) change.get("before"), (String) change.get("diff")))
                .isEqualTo(change.get("after"));
        assertThat(change).containsEntry("old_hash", change.get("o")).containsEntry("new_hash", change.get("n"));
        assertThat(change.get("run_id")).isNotNull();
    }

    @Test
    void what_is_not_confirmed_never_was() {
        VISA.isWatched();
        POLICY.watch();
        POLICY.set("policy.confirm.after", "1h");
        VISA.says(NEW);
        POLICY.watchAgain();
        VISA.says(OLD);
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "candidate changed", "unchanged");
        assertThat(number("select count(*) from policy.candidates")).isZero();
        assertThat(versions()).containsExactly(OLD);
    }

    @Test
    void a_candidate_is_asked_for_without_validators() {
        VISA.isWatched();
        POLICY.pages().serve("/visa", VisaPage.of(OLD).with("ETag", "\"1\""));
        POLICY.watch();
        POLICY.set("policy.confirm.after", "1h");
        POLICY.pages().serve("/visa", VisaPage.of(NEW).with("ETag", "\"2\""));
        POLICY.watchAgain();
        POLICY.watchAgain();
        assertThat(POLICY.pages().seen().get(POLICY.pages().seen().size() - 1).headers())
                .doesNotContainKey("if-none-match");
    }

    @Test
    void by_choice_only_a_loss_of_half_of_the_text_is_confirmed() {
        VISA.isWatched();
        POLICY.watch();
        POLICY.set("policy.confirm", "losses").set("policy.confirm.after", "1h");
        VISA.says(NEW);
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "changed");
        VISA.says("The fee is gone.");
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("candidate shrunk");
    }
}
