package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.Service;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlRig;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogMXBeanTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @ValueSource(strings = {"catalog-crawl", "catalog-crawl-on-demand"})
    void says_that_no_crawl_begins_while_its_route_is_stopped(String route) throws Exception {
        Service service = rig.service();
        CatalogMXBean catalog = service.bean("catalogManagement", CatalogManagement.class);
        service.camel().getRouteController().stopRoute(route);
        assertThat(catalog.crawl("us"))
                .isEqualTo("No crawl of us was started: the route %s is stopped. Start it, then try again.", route);
        service.camel().getRouteController().startRoute(route);
        assertThat(catalog.lastRun("us")).isEmpty();

        assertThat(catalog.crawl("us")).isEqualTo("A crawl of us begins.");
        Await.until(
                "the run is over",
                () -> "succeeded".equals(catalog.lastRun("us").get("status")));
        assertThat(catalog.lastRun("us"))
                .hasEntrySatisfying("finished_at", at -> assertThat(at).matches("20.*T.*Z"))
                .containsEntry("error", "");
    }
}
