package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told of changes by their numbers is told of those of the catalogue, where nothing else is harvested. */
@Tag("process")
class CatalogChangesTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void changes_of_the_catalogue_are_published_without_any_walk() {
        rig.crawl(List.of(Assets.asset(1).toString(), Assets.asset(2).toString()));
        try (CrawlProcess node = CrawlProcess.service(
                "harvest", Map.of("harvest.search.cron", "* * * * * ?", "web.port", "off", "ops.lease", "4s"))) {
            Await.until(
                    "they have numbers: " + node.standardError(),
                    () -> TestDatabase.text(
                            "select string_agg(number::text, ' ' order by number) from harvest.changes"),
                    "1 2"::equals);
        }
        assertThat(TestDatabase.number("select count(*) from harvest.walks")).isZero();
    }
}
