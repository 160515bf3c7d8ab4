package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static dev.catchment.support.Watched.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Leases;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes of their own on the same pages. */
@Tag("process")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WatchProcessesTest {
    private static final int SOURCES = 200;
    private static final int HOSTS = 20;
    private static final String FETCHES = "select count(*) from policy.fetches";
    private static final String HELD_BY = "select count(*) from policy.sources where claimed_by like ?";

    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static void sources(int sources, int hosts) {
        for (int i = 0; i < sources; i++) {
            POLICY.pages().serve("/visa/" + i, VisaPage.of("The fee is 100 pounds.\nApply online."));
            Watched.source("Visa " + i, POLICY.pages().url(i % hosts + 1, "/visa/" + i));
        }
    }

    private static CrawlProcess watch() {
        return CrawlProcess.command(settings(), List.of("policy", "watch", "--json"));
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(POLICY.settings());
        settings.put("ops.lease", "4s");
        return settings;
    }

    private static CrawlProcess service() {
        Map<String, String> settings = settings();
        settings.put("policy.watch.cron", "* * * * * ?");
        settings.put("catalog.crawl-on-start", "never");
        return CrawlProcess.service("policy", settings);
    }

    @Test
    void two_processes_check_each_of_200_pages_once_and_never_ask_a_server_twice_at_a_time() {
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
    void of_two_watches_one_is_killed_at_80_pages_and_the_other_checks_all_the_rest() {
        sources(SOURCES, HOSTS);
        POLICY.pages().pause(Duration.ofMillis(50));
        try (CrawlProcess killed = watch()) {
            Await.until("it checks pages: " + killed.standardError(), () -> number(FETCHES) > 0);
            try (CrawlProcess other = watch()) {
                Await.until("80 are checked, and it checks more", () -> number(FETCHES) >= 80 && isHolding(killed));
                killed.kill();
                assertThat(isHolding(killed)).as("after its death").isTrue();
                Leases.end(killed);
                assertThat(other.exitCode()).as(other.standardError()).isZero();
            }
        }
        assertThat(number("select count(distinct source_id) from policy.fetches"))
                .isEqualTo(SOURCES);
        assertThat(number(FETCHES)).as("each page once").isEqualTo(SOURCES);
        assertThat(number(HELD_BY, "%")).isZero();
    }

    private static boolean isHolding(CrawlProcess process) {
        return number(HELD_BY, "%:" + process.pid() + "/%") > 0;
    }

    @Test
    void a_watch_leaves_a_page_to_a_process_that_lives_and_one_after_its_death_checks_it() {
        sources(1, 1);
        POLICY.set("policy.http.timeout", "5m").pages().pause(Duration.ofMinutes(2));
        try (CrawlProcess killed = service()) {
            Await.until(
                    "a page is being asked for", () -> !POLICY.pages().seen().isEmpty());
            assertThat(POLICY.watch())
                    .as("it ends after a heartbeat of the other")
                    .containsEntry("seen", 0L);
            assertThat(isHolding(killed)).isTrue();
            killed.kill();
        }
        POLICY.pages().pause(Duration.ZERO);
        assertThat(POLICY.watch()).as("it waits until the lease ends").containsEntry("added", 1L);
        assertThat(outcomes()).containsExactly("baseline");
        POLICY.watch();
        assertThat(texts("select status from ops.runs order by id"))
                .as("the next one takes its place")
                .contains("abandoned");
        assertThat(number(HELD_BY, "%")).isZero();
    }
}
