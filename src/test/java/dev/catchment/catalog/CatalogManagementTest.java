package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service managed from outside, over a real JMX connection. */
class CatalogManagementTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    private JMXConnectorServer server;
    private JMXConnector connector;
    private MBeanServerConnection jmx;
    private CatalogMXBean catalog;

    @BeforeEach
    void connect() throws Exception {
        rig.set("catalog.crawl-on-start", "never")
                .serve(Assets.lines(40))
                .withSchedules()
                .service();
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), null, ManagementFactory.getPlatformMBeanServer());
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        jmx = connector.getMBeanServerConnection();
        catalog = JMX.newMXBeanProxy(jmx, new ObjectName("dev.catchment:type=Catalog"), CatalogMXBean.class);
    }

    @AfterEach
    void disconnect() throws Exception {
        connector.close();
        server.stop();
    }

    @Test
    void lists_the_routes_by_their_ids() throws Exception {
        Set<ObjectName> routes =
                jmx.queryNames(new ObjectName("org.apache.camel:context=catchment,type=routes,*"), null);
        assertThat(routes.stream()
                        .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
                        .collect(Collectors.toSet()))
                .contains(
                        "catalog-crawl",
                        "catalog-crawl-schedule-us",
                        "catalog-crawl-schedule-eu",
                        "http-get",
                        "ops-heartbeat");
    }

    @Test
    void suspends_and_resumes_a_timer() throws Exception {
        ObjectName route = route("catalog-crawl-schedule-us");
        invoke(route, "suspend");
        assertThat(jmx.getAttribute(route, "State")).isEqualTo("Suspended");
        invoke(route, "resume");
        assertThat(jmx.getAttribute(route, "State")).isEqualTo("Started");
    }

    @Test
    void a_crawl_stopped_by_the_bean_ends_as_stopped_and_is_gone_on_with() throws Exception {
        beginSlowly();
        assertThat(catalog.crawl("us")).contains("already running");
        assertThat(catalog.stop("us")).contains("resumes from there");
        awaitStatus("stopped");
        goOnToTheEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-crawl", "catalog-crawl-on-demand"})
    void a_crawl_whose_route_is_stopped_ends_as_stopped_and_is_gone_on_with(String id) throws Exception {
        beginSlowly();
        invoke(route(id), "stop");
        assertThat(catalog.lastRun("us")).containsEntry("status", "stopped");
        invoke(route(id), "start");
        goOnToTheEnd();
    }

    @Test
    void a_crawl_of_the_timer_ends_as_stopped_with_its_route_and_is_gone_on_with() throws Exception {
        rig.standIn().setLatency(Duration.ofMillis(150));
        rig.set("catalog.us.cron", "* * * * * ?").service();
        Await.until("a page is committed", () -> TestDatabase.number("select count(*) from ops.requests") >= 1);
        invoke(route("catalog-crawl-schedule-us"), "stop");
        assertThat(catalog.lastRun("us")).containsEntry("status", "stopped");
        assertThat(TestDatabase.text("select trigger from ops.runs")).isEqualTo("timer");
        goOnToTheEnd();
    }

    @Test
    void stopping_the_crawls_on_demand_leaves_others_alone() throws Exception {
        rig.standIn().setLatency(Duration.ofMillis(150));
        var crawl = rig.crawlLater(WalkOrder.whole("catalog", "crawl", "us", "test"));
        Await.until("a page is committed", () -> TestDatabase.number("select count(*) from ops.requests") >= 1);
        invoke(route("catalog-crawl-on-demand"), "stop");
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(crawl.join()).containsEntry("status", "succeeded");
    }

    @Test
    void tells_the_next_run_and_the_last_one() {
        assertThat(catalog.nextRun("eu")).endsWith("T01:45:00Z");
        assertThat(catalog.lastRun("eu")).isEmpty();
        assertThat(catalog.stop("eu")).contains("No crawl of eu is running");
    }

    @Test
    void refuses_a_region_that_is_none() {
        assertThatThrownBy(() -> catalog.crawl("fr")).hasMessageContaining("Unknown region fr");
    }

    private void beginSlowly() {
        rig.standIn().setLatency(Duration.ofMillis(150));
        assertThat(catalog.crawl("us")).contains("begins");
        Await.until("a page is committed", () -> TestDatabase.number("select count(*) from ops.requests") >= 1);
    }

    private void goOnToTheEnd() {
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(TestDatabase.number("select count(*) from catalog.socrata_datasets"))
                .isBetween(10L, 39L);
        catalog.crawl("us");
        awaitStatus("succeeded");
        List<Map<String, Object>> runs = TestDatabase.rows("select id, resumes from ops.runs order by id");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1)).containsEntry("resumes", runs.get(0).get("id"));
        assertThat(TestDatabase.number("select count(*) from catalog.socrata_datasets"))
                .isEqualTo(40);
    }

    private void awaitStatus(String status) {
        Await.until(
                "the run is " + status,
                () -> status.equals(catalog.lastRun("us").get("status")));
    }

    private void invoke(ObjectName route, String operation) throws Exception {
        jmx.invoke(route, operation, new Object[0], new String[0]);
    }

    private static ObjectName route(String id) throws Exception {
        return new ObjectName("org.apache.camel:context=catchment,type=routes,name=" + ObjectName.quote(id));
    }
}
