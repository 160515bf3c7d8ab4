package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.SeedRig;
import java.io.IOException;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two services, each a process of its own, watch one folder. */
@Tag("process")
class InboxSharedTest {
    private static final int FILES = 20;

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @BeforeEach
    void watch() throws IOException {
        RIG.withInbox();
    }

    @Test
    void each_file_is_seeded_once() {
        try (CrawlProcess other = CrawlProcess.service("registry", RIG.settings())) {
            RIG.inbox().drop("first.ndjson", asset("zzzz-2222", "a.gov"));
            RIG.inbox().await("done", "first.ndjson.report.json");
            startSecond();
            for (int i = 1; i <= FILES; i++) {
                RIG.inbox().drop("file-" + i + ".ndjson", asset(Assets.id(i), "a.gov"));
            }
            for (int i = 1; i <= FILES; i++) {
                RIG.inbox().await("done", "file-" + i + ".ndjson");
            }
            Await.until("no mark is left", () -> RIG.inbox().tree().stream().noneMatch(name -> name.endsWith("Lock")));
            assertThat(texts("select status || added from ops.runs group by 1")).containsExactly("succeeded1");
            assertThat(number("select count(*) from ops.runs")).isEqualTo(FILES + 1);
            assertThat(number("select count(distinct node) from ops.runs")).isEqualTo(2);
            assertThat(RIG.inbox().tree()).hasSize(3 + 2 * (FILES + 1));
            other.terminate();
            assertThat(other.exitCode()).isEqualTo(130);
        }
    }

    /** With its first look a service takes away the marks of the dead, and it cannot tell them from those of the living. */
    private static void startSecond() {
        Route inbox = RIG.service().camel().getRoute("registry-seed-inbox");
        ScheduledPollConsumer looks = (ScheduledPollConsumer) inbox.getConsumer();
        Await.until("the second has looked", () -> looks.getCounter() > 0);
    }
}
