package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the database does not take. */
class UnwrittenCheckTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static void page(int number) {
        POLICY.pages().serve("/visa/" + number, VisaPage.of("The fee is 100 pounds.\nApply online."));
        source("Visa " + number, POLICY.pages().url(number, "/visa/" + number));
    }

    private static void refuse(String name, Runnable meanwhile) {
        TestDatabase.execute("create or replace function policy.refuse() returns trigger language plpgsql as "
                + "'begin raise exception ''refused'' using errcode = ''data_exception''; end'");
        TestDatabase.execute("create trigger refuse before update of last_checked_at on policy.sources "
                + "for each row when (old.name = '" + name + "') execute function policy.refuse()");
        try {
            meanwhile.run();
        } finally {
            TestDatabase.execute("drop function policy.refuse() cascade");
        }
    }

    @Test
    void a_page_whose_check_could_not_be_written_is_free_again_and_the_others_are_checked() {
        for (int number = 1; number <= 6; number++) {
            page(number);
        }
        refuse(
                "Visa 1",
                () -> assertThat(POLICY.watch())
                        .containsEntry("status", "failed")
                        .containsEntry("seen", 5L)
                        .hasEntrySatisfying(
                                "error",
                                error -> assertThat(error.toString())
                                        .contains("refused")
                                        .doesNotContain("Multicast")));
        assertThat(texts("select name from policy.sources where claimed_by is not null"))
                .containsExactly("Visa 1");
        assertThat(texts("select ops.is_alive(claimed_by) from policy.sources where claimed_by is not null"))
                .as("nobody beats for it")
                .containsExactly("false");
        assertThat(POLICY.watch()).as("the next watch checks it at once").containsEntry("added", 1L);
    }

    @Test
    void a_text_that_the_database_does_not_take_is_a_failure_of_its_page_and_the_run_goes_on() {
        page(1);
        TestDatabase.execute("create or replace function policy.refuse() returns trigger language plpgsql as "
                + "'begin raise exception ''refused'' using errcode = ''data_exception''; end'");
        TestDatabase.execute("create trigger refuse before insert on policy.policy_versions "
                + "for each row execute function policy.refuse()");
        try {
            assertThat(POLICY.watch()).containsEntry("status", "succeeded").containsEntry("rejected", 1L);
        } finally {
            TestDatabase.execute("drop function policy.refuse() cascade");
        }
        assertThat(Watched.outcomes()).containsExactly("failed own_fault");
        assertThat(texts("select claimed_by from policy.sources where claimed_by is not null"))
                .isEmpty();
    }
}
