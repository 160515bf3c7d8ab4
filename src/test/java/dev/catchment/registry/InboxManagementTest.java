package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.SeedRig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The inbox managed over JMX. */
class InboxManagementTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @BeforeEach
    void watch() throws IOException {
        RIG.withInbox();
    }

    @Test
    void a_suspended_inbox_takes_nothing_until_it_is_resumed() throws Exception {
        RIG.service();
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName route = new ObjectName(
                "org.apache.camel:context=catchment,type=routes,name=" + ObjectName.quote("registry-seed-inbox"));
        jmx.invoke(route, "suspend", new Object[0], new String[0]);
        assertThat(jmx.getAttribute(route, "State")).isEqualTo("Suspended");
        RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"));
        Path also = RIG.lines("also.ndjson", java.util.List.of(asset("bbbb-2222", "b.gov")));
        assertThat(RIG.seed(also)).as("by hand it goes on").containsEntry("status", "succeeded");
        awaitLooks();
        assertThat(RIG.inbox().tree()).containsExactly("", "index.ndjson");
        jmx.invoke(route, "resume", new Object[0], new String[0]);
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
    }

    /** That something does not happen can only be seen after the time in which it would have. */
    private static void awaitLooks() {
        long looked = System.nanoTime() + 1_800_000_000L;
        Await.until("three looks were due", () -> System.nanoTime() > looked);
    }
}
