package dev.catchment.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.NamesMXBean;
import dev.catchment.policy.PolicyMXBean;
import dev.catchment.registry.RegistryMXBean;
import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms that do what is due, managed over JMX. */
class RoomManagementTest {
    @RegisterExtension
    static final WebRig RIG = new WebRig().with("policy.http.allow-private", "127.0.0.1");

    private static <T> T bean(String name, Class<T> type) throws Exception {
        return JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(), new ObjectName("dev.catchment:type=" + name), type);
    }

    @Test
    void a_watch_is_begun_and_its_run_is_told() throws Exception {
        PolicyMXBean policy = bean("Policy", PolicyMXBean.class);
        assertThat(policy.lastRun()).isEmpty();
        assertThat(policy.nextRun()).isEqualTo("never");
        assertThat(policy.stop()).isEqualTo("Nothing of the room policy is running in this process.");
        RIG.execute("insert into policy.sources (name, url, country, visa_type, fetch_type, next_check_at)"
                + " values ('p', 'http://127.0.0.1:1', 'GB', 'Student', 'html', '2026-01-01T00:00:00Z')");
        assertThat(policy.nextRun()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(policy.run()).isEqualTo("The pages that are due are checked.");
        Await.until(
                "the watch is over",
                policy::lastRun,
                run -> !run.getOrDefault("finished_at", "").isEmpty());
        assertThat(policy.lastRun()).containsAllEntriesOf(Map.of("flow", "watch", "scope", "due"));
    }

    @Test
    void jobs_that_are_due_are_worked_on_unless_the_route_is_stopped() throws Exception {
        NamesMXBean names = bean("Names", NamesMXBean.class);
        assertThat(names.nextRun()).isEqualTo("never");
        RIG.execute("insert into names.jobs (type, next_retry_at) values ('parse_dataset', '2099-01-01T00:00:00Z')");
        assertThat(names.nextRun()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(names.run()).isEqualTo("The jobs that are due are worked on.");
        RIG.service().camel().getRouteController().stopRoute("names-manage-work");
        try {
            assertThat(names.run()).contains("names-manage-work is stopped");
        } finally {
            RIG.service().camel().getRouteController().startRoute("names-manage-work");
        }
    }

    @Test
    void the_last_seed_is_told() throws Exception {
        RegistryMXBean registry = bean("Registry", RegistryMXBean.class);
        assertThat(registry.lastRun()).isEmpty();
        TestDatabase.execute("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status,
                  finished_at)
                values ('registry', 'seed', 'abc', 'cli', 'full', 'n', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z',
                  'succeeded', '2026-01-01Z')""");
        assertThat(registry.lastRun())
                .containsAllEntriesOf(Map.of("scope", "abc", "finished_at", "2026-01-01T00:00:00Z"));
        assertThat(registry.nextRun()).isEqualTo("never");
    }
}
