package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Fault;
import dev.catchment.support.Assets;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCatalogTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void finds_nothing_after_clean_crawls_with_every_kind_of_change() {
        rig.crawl(Assets.lines(20));
        assertThat(differences()).isEmpty();
        List<String> lines = new java.util.ArrayList<>(Assets.lines(2, 25));
        lines.set(3, lines.get(3).replace("\"name\":\"Dataset 5\"", "\"name\":\"\""));
        lines.add(lines.get(0));
        assertThat(rig.crawl(lines))
                .containsEntry("retired", 1L)
                .containsEntry("rejected", 1L)
                .containsEntry("skipped", 1L);
        assertThat(differences()).isEmpty();
    }

    @Test
    void finds_nothing_after_a_crawl_that_was_gone_on_with() {
        rig.standIn().next(Fault.NONE, Fault.UNSORTED, Fault.NONE, Fault.UNSORTED);
        rig.crawl(Assets.lines(45));
        rig.crawl();
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(differences()).isEmpty();
    }

    @Test
    void finds_nothing_where_a_part_was_crawled_since() {
        rig.crawl(Assets.lines(45));
        rig.crawl(Orders.limited(10));
        rig.crawl(Orders.since("2001-01-01T00:00:00Z"));
        rig.crawl(Orders.directory());
        assertThat(differences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seen but not held     | delete from catalog.socrata_datasets where id = '2222-2225'",
                "held but not seen     | delete from catalog.dataset_sightings where id = '2222-2225'",
                "held but not seen     | update catalog.dataset_sightings set run_id = 0 where id = '2222-2225'",
                "seen but retired      | update catalog.socrata_datasets set retired_at = first_seen_at - interval '1 hour', retired_reason = 'x', retired_run_id = 1 where id = '2222-2225'",
                "counts do not add up  | update ops.runs set added = added - 1",
                "records were lost     | update ops.requests set records = records + 1 where sequence = 2",
                "rejects are missing   | update ops.runs set rejected = rejected + 1, seen = seen + 1, skipped = skipped - 1",
                "pages overlap         | update ops.requests set first_key = '2222-2223' where sequence = 2",
                "domain without a row  | delete from catalog.socrata_domains",
                "agency without a row  | delete from catalog.socrata_agencies",
            })
    void names_the_damage(String difference, String damage) {
        List<String> lines = new java.util.ArrayList<>(Assets.lines(25));
        lines.add(lines.get(4));
        rig.crawl(lines);
        execute(damage);
        assertThat(differences())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("region", "us")
                        .containsEntry("difference", difference)
                        .hasEntrySatisfying(
                                "detail", detail -> assertThat((String) detail).isNotBlank()));
    }

    @Test
    void names_a_dataset_that_was_added_behind_its_back() {
        rig.crawl(Assets.lines(25));
        execute(
                "insert into catalog.socrata_datasets (region, id, domain, host, name, content_hash, raw, first_seen_at, last_changed_at) "
                        + "select region, '2222-zzzz', domain, host, 'Forged', content_hash, raw, now(), now() from catalog.socrata_datasets limit 1");
        assertThat(differences())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("difference", "held but not seen")
                        .containsEntry("key", "2222-zzzz"));
    }

    @Test
    void names_a_page_that_was_deleted_and_the_records_that_went_with_it() {
        rig.crawl(Assets.lines(35));
        execute("delete from ops.requests where sequence = 2");
        assertThat(differences())
                .extracting(row -> row.get("difference"))
                .containsExactlyInAnyOrder("a page is missing", "records were lost");
    }

    private static List<Map<String, Object>> differences() {
        return TestDatabase.get().rows("catalog/verify-catalog", Map.of());
    }
}
