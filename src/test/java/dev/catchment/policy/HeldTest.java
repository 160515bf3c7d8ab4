package dev.catchment.policy;

import static dev.catchment.policy.VisaPage.NEW;
import static dev.catchment.policy.VisaPage.OLD;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Texts that may well be a mistake: they count if they stay. */
class HeldTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static final VisaPage VISA = new VisaPage(POLICY);

    @Test
    void a_text_of_a_few_days_ago_is_held_and_counts_if_it_stays() {
        VISA.isWatched();
        POLICY.watch();
        VISA.says(NEW);
        POLICY.watchAgain();
        VISA.says(OLD);
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("changed", "held flapping");
        POLICY.watchAgain();
        assertThat(outcomes()).endsWith("held flapping", "held flapping");
        TestDatabase.execute(
                "update policy.candidates set seen_at = seen_at - interval '2 days', confirm_at = confirm_at - interval '2 days'");
        POLICY.watchAgain();
        assertThat(versions()).containsExactly(OLD, NEW, OLD);
    }

    @Test
    void a_page_that_says_something_else_at_each_fetch_is_held() {
        VISA.isWatched();
        POLICY.set("policy.confirm.after", "1h");
        POLICY.watch();
        for (int visitor = 1; visitor <= 4; visitor++) {
            VISA.says(OLD + "\nYou are visitor number " + visitor);
            POLICY.watchAgain();
        }
        assertThat(outcomes())
                .containsExactly(
                        "baseline", "candidate changed", "candidate changed", "held unsteady", "held unsteady");
        assertThat(versions()).containsExactly(OLD);
    }

    @Test
    void a_text_that_is_seen_again_before_it_may_count_makes_the_next_one_no_less_steady() {
        VISA.isWatched();
        POLICY.set("policy.confirm.after", "1h");
        POLICY.watch();
        VISA.says(NEW);
        for (int early = 1; early <= 3; early++) {
            POLICY.watchAgain();
        }
        VISA.says(NEW.replace("120", "130"));
        POLICY.watchAgain();
        assertThat(outcomes())
                .endsWith("candidate changed", "candidate changed")
                .doesNotContain("held unsteady");
    }

    @Test
    void a_text_of_long_ago_is_a_change_like_any_other() {
        VISA.isWatched();
        POLICY.set("policy.flapping.window", "0ms");
        POLICY.watch();
        for (String text : List.of(NEW, OLD)) {
            VISA.says(text);
            POLICY.watchAgain();
        }
        assertThat(versions()).containsExactly(OLD, NEW, OLD);
    }
}
