package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Defaults;
import dev.catchment.support.TestDatabase;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The harvest managed over JMX, and what its log says of a source that is worse than it was. */
class HarvestManagementTest {
    private static Service service;
    private static HarvestMXBean harvest;

    @BeforeAll
    static void start() throws Exception {
        service = Service.start(Defaults.settings(), TestDatabase.get(), Map.of(), Routes.of("harvest"));
        harvest = JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("dev.catchment:type=Harvest"),
                HarvestMXBean.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void source() {
        TestDatabase.empty();
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host, due_at) values ('a', 'ckan',"
                + " 'http://127.0.0.1:1', '127.0.0.1', '2099-01-01T00:00:00Z')");
    }

    @Test
    void a_source_is_walked_on_demand_and_its_last_run_is_told() throws Exception {
        assertThat(harvest.lastRun("a")).isEmpty();
        assertThat(harvest.nextRun("a")).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(harvest.stop("a")).isEqualTo("No walk of a is running in this process.");
        CapturedLog log = CapturedLog.of(Level.INFO);
        try (log) {
            for (String health : new String[] {"1", "2"}) {
                assertThat(harvest.run("a")).isEqualTo("A walk of a begins.");
                Await.until(
                        "the walk is over",
                        () -> TestDatabase.number("select failures from harvest.sources") == Long.parseLong(health));
            }
        }
        assertThat(harvest.lastRun("a")).containsEntry("status", "failed");
        assertThat(harvest.lastRun("a").get("error")).contains("127.0.0.1");
        assertThat(log.ours(Level.WARN))
                .filteredOn(line -> line.contains("A source is failing, and was never"))
                .hasSize(1);
    }

    @Test
    void a_source_is_paused_and_resumed() {
        assertThat(harvest.pause("a")).isEqualTo("Paused a.");
        assertThat(harvest.nextRun("a")).isEqualTo("never");
        assertThat(harvest.resume("a")).isEqualTo("Resumed a.");
        assertThat(harvest.nextRun("a")).isNotEqualTo("never");
    }

    @Test
    void a_source_that_is_none_is_refused() {
        assertThatThrownBy(() -> harvest.run("b")).hasMessageContaining("Unknown source b");
    }
}
