package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services in processes of their own on the same pages. */
class WatchProcessesTest {
    private static final int SOURCES = 500;
    private static final int HOSTS = 20;

    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static void sources(int sources, int hosts) {
        for (int i = 0; i < sources; i++) {
            POLICY.pages().serve("/visa/" + i, VisaPage.of("The fee is 100 pounds.\nApply online."));
            Watched.source("Visa " + i, POLICY.pages().url(i % hosts + 1, "/visa/" + i));
        }
    }

    private static CrawlProcess service() {
        Map<String, String> settings = new HashMap<>(POLICY.settings());
        settings.put("policy.watch.cron", "* * * * * ?");
        settings.put("catalog.crawl-on-start", "never");
        return CrawlProcess.service(settings);
    }

    @Test
    void two_processes_check_each_of_500_pages_once_and_never_ask_a_server_twice_at_a_time() {
        sources(SOURCES, HOSTS);
        POLICY.pages().pause(Duration.ofMillis(20));
        watchInTwoProcesses();
        assertThat(number("select count(distinct source_id) from policy.fetches"))
                .isEqualTo(SOURCES);
        assertThat(number("select count(*) from policy.fetches")).isEqualTo(SOURCES);
        assertThat(texts("select distinct outcome from policy.fetches")).containsExactly("baseline");
        assertThat(POLICY.pages().paths()).hasSize(SOURCES).doesNotHaveDuplicates();
        assertThat(POLICY.pages().mostAtOnce()).isEqualTo(1);
        assertThat(number("select count(distinct node) from ops.runs where seen > 0"))
                .isEqualTo(2);
        assertThat(number("select sum(seen) from ops.runs")).isEqualTo(SOURCES);
    }

    private static void watchInTwoProcesses() {
        // Nothing is due before both are there.
        TestDatabase.execute("update policy.sources set next_check_at = now() + interval '1 hour'");
        try (CrawlProcess first = service();
                CrawlProcess second = service()) {
            Await.until(
                    "both are there",
                    () -> first.standardOutput().contains("Manage:")
                            && second.standardOutput().contains("Manage:"));
            TestDatabase.execute("update policy.sources set next_check_at = now()");
            Await.until(
                    "all are checked: " + first.standardError() + second.standardError(),
                    () -> number("select count(*) from policy.sources where last_checked_at is not null") == SOURCES);
            Await.until(
                    "the runs are closed", () -> number("select count(*) from ops.runs where status = 'running'") == 0);
        }
    }

    @Test
    void what_a_killed_process_was_checking_is_checked_by_another_once_it_is_taken_for_dead() {
        sources(1, 1);
        POLICY.pages().pause(Duration.ofMinutes(1));
        try (CrawlProcess killed = service()) {
            Await.until(
                    "a page is being asked for", () -> !POLICY.pages().seen().isEmpty());
            killed.kill();
        }
        POLICY.pages().pause(Duration.ZERO);
        assertThat(POLICY.watch()).as("it is claimed still").containsEntry("seen", 0L);
        TestDatabase.execute("update policy.sources set heartbeat_at = now() - interval '46 seconds'");
        TestDatabase.execute("update policy.hosts set heartbeat_at = now() - interval '46 seconds'");
        TestDatabase.get().rows("policy/update-silent-claims", Map.of("silence", 45_000));
        assertThat(POLICY.watch()).containsEntry("added", 1L);
        assertThat(outcomes()).containsExactly("baseline");
        assertThat(texts("select status from ops.runs order by id"))
                .containsExactly("abandoned", "succeeded", "succeeded");
        assertThat(text("select claimed_by is null and heartbeat_at is null from policy.sources"))
                .isEqualTo("true");
    }
}
