package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.settings.Settings;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Await;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connections as an operator sees them. */
class PostgresManagementTest {
    private static final MBeanServer JMX_SERVER = ManagementFactory.getPlatformMBeanServer();

    private static ScratchDatabase scratch;
    private static CrowdedPool pool;
    private static Service service;
    private static ObjectName name;
    private static PostgresMXBean bean;

    @BeforeAll
    static void start() throws Exception {
        scratch = ScratchDatabase.withSchema("pool_management");
        pool = CrowdedPool.open(scratch, "20s");
        Settings settings = Settings.load(Path.of("target", "nowhere"), Map.of());
        service = Service.start(settings, pool.database(), Map.of(), Routes.onDemand());
        name = new ObjectName("dev.catchment:type=Postgres");
        bean = JMX.newMXBeanProxy(JMX_SERVER, name, PostgresMXBean.class);
    }

    @AfterAll
    static void stop() {
        service.close();
        assertThat(JMX_SERVER.isRegistered(name)).isFalse();
        pool.close();
        scratch.close();
    }

    @Test
    void the_settings_of_the_pool_are_shown_as_they_are() {
        assertThat(bean.getMaxConnections()).isEqualTo(CrowdedPool.SIZE);
        assertThat(bean.getConnectionTimeoutMilliseconds()).isEqualTo(20_000);
        assertThat(bean.getIdleTimeoutMilliseconds()).isEqualTo(600_000);
        assertThat(bean.getMaxLifetimeMilliseconds()).isEqualTo(1_800_000);
        assertThat(bean.getKeepaliveMilliseconds()).isEqualTo(120_000);
    }

    @Test
    void every_attribute_can_be_read_and_none_set() throws Exception {
        MBeanAttributeInfo[] attributes = JMX_SERVER.getMBeanInfo(name).getAttributes();
        assertThat(attributes).hasSize(9).allSatisfy(attribute -> {
            assertThat(JMX_SERVER.getAttribute(name, attribute.getName())).isInstanceOf(Number.class);
            assertThat(attribute.isWritable()).isFalse();
        });
    }

    @Test
    void what_is_lent_is_counted_as_in_use() throws Exception {
        List<Connection> taken = pool.takeAll();
        assertThat(bean.getInUse()).isEqualTo(CrowdedPool.SIZE);
        assertThat(bean.getOpen()).isEqualTo(CrowdedPool.SIZE);
        assertThat(bean.getIdle()).isZero();
        CrowdedPool.giveBack(taken);
        Await.until("all are given back", () -> bean.getInUse() == 0);
        assertThat(bean.getIdle()).isEqualTo(CrowdedPool.SIZE);
    }

    @Test
    void recycling_replaces_the_idle_at_once_and_the_lent_when_they_are_given_back() throws Exception {
        CrowdedPool.giveBack(pool.takeAll());
        List<String> before = pool.backends();
        try (Connection lent = pool.database().dataSource().getConnection()) {
            assertThat(bean.recycle()).startsWith("5 connections are closed");
            Await.until("only the lent one is left", () -> pool.backends().size() == 1);
            assertThat(before).containsAll(pool.backends());
            assertThat(lent.isValid(5)).isTrue();
        }
        Await.until("it is closed too", () -> pool.backends().isEmpty());
        CrowdedPool.giveBack(pool.takeAll());
        assertThat(pool.backends()).hasSize(CrowdedPool.SIZE).doesNotContainAnyElementsOf(before);
    }
}
