package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real catalogue of 2022, its 305 duplicates included; skipped where the recorded data is not beside the project. */
class RecordedCatalogueTest {
    private static final Path DATA = Path.of("../shared/data/discovery/assets-us-2022-07-23.jsonl.gz");

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void ends_with_12_662_datasets_of_299_domains_and_a_second_crawl_finds_them_unchanged() {
        Assumptions.assumeTrue(Files.exists(DATA), "recorded data is not here: " + DATA);
        rig.set("catalog.page-size", "1000").standIn().load(DATA);
        Map<String, Object> run = rig.crawl();
        assertThat(run)
                .containsEntry("status", "succeeded")
                .containsEntry("added", 12_662L)
                .containsEntry("rejected", 0L);
        assertThat(text("select count(*) || ' ' || count(distinct domain) from catalog.socrata_datasets"))
                .isEqualTo("12662 299");
        assertThat(Counts.of(rig.crawl())).startsWith("succeeded: seen 12662, unchanged 12662, skipped ");
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
    }
}
