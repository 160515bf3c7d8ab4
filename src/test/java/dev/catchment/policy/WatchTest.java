package dev.catchment.policy;

import static dev.catchment.policy.VisaPage.OLD;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.outcomes;
import static dev.catchment.support.Watched.source;
import static dev.catchment.support.Watched.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static final VisaPage VISA = new VisaPage(POLICY);

    @Test
    void the_first_text_is_a_baseline_and_the_same_again_is_no_version() {
        VISA.isWatched();
        assertThat(POLICY.watch()).containsEntry("status", "succeeded").containsEntry("added", 1L);
        assertThat(POLICY.watchAgain()).containsEntry("unchanged", 1L).containsEntry("added", 0L);
        assertThat(outcomes()).containsExactly("baseline", "unchanged");
        assertThat(versions()).containsExactly(OLD);
        assertThat(number("select count(*) from policy.policy_changes")).isZero();
    }

    @Test
    void nothing_is_checked_before_it_is_due() {
        VISA.isWatched();
        POLICY.watch();
        assertThat(POLICY.watch()).containsEntry("seen", 0L);
        assertThat(text("select next_check_at between now() + interval '23 hours' and now() + interval '25 hours' "
                        + "from policy.sources"))
                .isEqualTo("true");
    }

    @Test
    void the_validators_of_the_server_are_sent_back_and_304_is_believed() {
        VISA.isWatched();
        String modified = "Wed, 21 Oct 2015 07:28:00 GMT";
        POLICY.pages().serve("/visa", VisaPage.of(OLD).with("ETag", "W/\"7\"").with("Last-Modified", modified));
        POLICY.watch();
        POLICY.watchAgain();
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "not_modified", "not_modified");
        assertThat(POLICY.pages().seen().get(POLICY.pages().seen().size() - 1).headers())
                .containsEntry("if-none-match", "W/\"7\"")
                .containsEntry("if-modified-since", modified);
    }

    @Test
    void link_targets_never_change_the_hash_and_are_listed_apart() {
        POLICY.pages().serve("/visa", VisaPage.of("Read <a href='/form?v=1'>the form</a> before you apply for it."));
        source("Visa", POLICY.pages().url("/visa"));
        POLICY.watch();
        POLICY.pages().serve("/visa", VisaPage.of("Read <a href='/form?v=2'>the form</a> before you apply for it."));
        POLICY.watchAgain();
        assertThat(outcomes()).containsExactly("baseline", "unchanged");
        assertThat(number("select count(distinct links_hash) from policy.fetches"))
                .isEqualTo(2);
        assertThat(text("select links ->> 0 from policy.policy_versions")).endsWith("/form?v=1");
    }

    @Test
    void a_dry_run_visits_and_writes_nothing() {
        String id = VISA.isWatched();
        assertThat(POLICY.watch(id, true)).containsEntry("outcome", "baseline");
        assertThat(number("select count(*) from policy.fetches") + number("select count(*) from ops.runs"))
                .isZero();
        assertThat(texts("select claimed_by from policy.sources where claimed_by is not null"))
                .isEmpty();
        assertThat(POLICY.pages().paths()).containsExactly("/visa");
    }

    @Test
    void one_page_is_checked_when_it_is_asked_for_due_or_not() {
        String id = VISA.isWatched();
        POLICY.watch();
        assertThat(POLICY.watch(id, false)).containsEntry("outcome", "unchanged");
        assertThat(texts("select scope from ops.runs order by id")).containsExactly("due", "page " + id);
    }

    @Test
    void what_is_imported_while_a_page_is_checked_is_not_forgotten() {
        VISA.isWatched();
        TestDatabase.execute(
                "create or replace function public.import_meanwhile() returns trigger language plpgsql as $$ "
                        + "begin update policy.sources set metadata = '{\"rules\": {\"drop\": [\".x\"]}}', next_check_at = now(), "
                        + "etag = null; return null; end $$");
        TestDatabase.execute("create trigger meanwhile after update of claimed_by on policy.sources "
                + "for each row when (new.claimed_by is not null and pg_trigger_depth() = 0) "
                + "execute function public.import_meanwhile()");
        try {
            POLICY.watch(visaId(), false);
        } finally {
            TestDatabase.execute("drop trigger meanwhile on policy.sources");
            TestDatabase.execute("drop function public.import_meanwhile");
        }
        assertThat(text("select next_check_at <= now() from policy.sources")).isEqualTo("true");
        POLICY.watch();
        assertThat(outcomes()).containsExactly("baseline", "unchanged");
    }

    private static String visaId() {
        return text("select id from policy.sources");
    }
}
