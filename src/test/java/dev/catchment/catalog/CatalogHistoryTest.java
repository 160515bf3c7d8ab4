package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every state that a dataset had is kept, and the catalogue of any moment can be read. */
class CatalogHistoryTest {
    private static final String VERSIONS =
            "select cause || ' ' || array_to_string(changed_fields, '+') || case when is_noise then ' noise' else '' end"
                    + " || case when raw is null then '' else ' raw' end from catalog.versions order by dataset_id, valid_from";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_change_keeps_the_state_before_it() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset, Assets.asset(2)));
        String before =
                text("select to_jsonb(d) - 'page_views' from catalog.socrata_datasets d where id = ?", Assets.id(1));
        String moment = text("select now()");
        Assets.resource(asset).put("description", "Trees, and shrubs too").put("contact_email", "trees@example.org");
        rig.crawl(Assets.lines(asset, Assets.asset(2)));
        assertThat(texts(VERSIONS)).containsExactly("changed description+resource.contact_email raw");
        assertThat(text(
                        "select to_jsonb(d) - 'page_views' from catalog.datasets_at(?::text::timestamptz) d where id = ?",
                        moment,
                        Assets.id(1)))
                .isEqualTo(before);
        assertThat(number(
                        "select count(*) from catalog.versions v join catalog.socrata_datasets d on d.region = v.region"
                                + " and d.id = v.dataset_id and d.changed_at = v.valid_to and d.first_seen_at = v.valid_from"
                                + " join ops.runs r on r.id = v.run_id and r.updated = 1"))
                .isEqualTo(1);
    }

    @Test
    void moments_of_modification_alone_are_noise() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        Assets.resource(asset)
                .put("updatedAt", "2025-07-01T00:00:00.000Z")
                .put("data_updated_at", "2025-07-01T00:00:00.000Z");
        ((ArrayNode) Assets.classification(asset).get("domain_tags"))
                .insert(0, ((ArrayNode) Assets.classification(asset).get("domain_tags")).remove(1));
        rig.crawl(Assets.lines(asset));
        assertThat(texts(VERSIONS)).containsExactly("changed updated_at+data_updated_at noise raw");
        assertThat(number("select sum(changed) from catalog.portal_changes")).isZero();
    }

    @Test
    void columns_of_the_data_are_one_field_and_their_order_none() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        ((ArrayNode) Assets.resource(asset).get("columns_name")).set(0, "Renamed");
        rig.crawl(Assets.lines(asset));
        assertThat(texts(VERSIONS)).containsExactly("changed columns raw");
    }

    @Test
    void views_and_downloads_are_no_state() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        Assets.resource(asset)
                .put("download_count", 4711)
                .putObject("page_views")
                .put("page_views_total", 4712);
        assertThat(Counts.of(rig.crawl(Assets.lines(asset)))).isEqualTo("succeeded: seen 1, unchanged 1");
        assertThat(number("select download_count from catalog.socrata_datasets"))
                .isEqualTo(4711);
        assertThat(texts(VERSIONS)).isEmpty();
        assertThat(number("select count(*) from catalog.socrata_datasets where changed_at <> first_seen_at"))
                .isZero();
    }

    @Test
    void retired_and_restored_are_states() {
        ObjectNode asset = Assets.asset(30);
        List<String> all = new ArrayList<>(Assets.lines(20));
        rig.crawl(with(all, asset));
        assertThat(Counts.of(rig.crawl(all))).isEqualTo("succeeded: seen 20, unchanged 20, retired 1");
        String gone = text("select now()");
        Assets.resource(asset).put("name", "Back again");
        rig.crawl(with(all, asset));
        assertThat(texts(VERSIONS)).containsExactly("retired ", "restored name raw");
        assertThat(texts("select was_retired from catalog.versions order by valid_from"))
                .containsExactly("false", "true");
        assertThat(number("select count(*) from catalog.datasets_at(?::text::timestamptz)", gone))
                .isEqualTo(20);
        assertThat(texts("select change from catalog.changes where id = ? order by changed_at", Assets.id(30)))
                .containsExactly("appeared", "went", "returned");
        // The state before the retirement had the same record as the one after it.
        assertThat(texts("select catalog.raw_of(v) #>> '{resource,name}' from catalog.versions v order by valid_from"))
                .containsExactly("Dataset 30", "Dataset 30");
        assertThat(differences()).isEmpty();
    }

    @Test
    void the_catalogue_of_every_moment_is_as_it_was_then() {
        Random random = new Random(12);
        List<ObjectNode> assets = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            assets.add(Assets.asset(i));
        }
        Map<String, List<Map<String, Object>>> then = new java.util.LinkedHashMap<>();
        for (int crawl = 0; crawl < 8; crawl++) {
            for (ObjectNode asset : assets) {
                if (random.nextInt(4) == 0) {
                    Assets.resource(asset).put("description", "As of crawl " + crawl + random.nextInt(3));
                }
            }
            rig.crawl(assets.stream()
                    .filter(asset -> random.nextInt(20) > 0)
                    .map(ObjectNode::toString)
                    .toList());
            then.put(
                    text("select now()"),
                    rows("select to_jsonb(d) - 'page_views' - 'download_count' as d"
                            + " from catalog.socrata_datasets d where retired_at is null order by id"));
        }
        assertThat(number("select count(distinct cause) from catalog.versions")).isEqualTo(3);
        then.forEach((moment, held) -> assertThat(rows(
                        "select to_jsonb(d) - 'page_views' - 'download_count' as d from catalog.datasets_at(?::text::timestamptz) d order by id",
                        moment))
                .as(moment)
                .isEqualTo(held));
        assertThat(rows("select 1 from catalog.datasets_at('2001-01-01')")).isEmpty();
        rows("select harvest.refresh_search()");
        then.keySet()
                .forEach(moment -> assertThat(texts(
                                "select concat_ws(' ', key, title, description, harvested_from) from harvest.datasets_at(?::text::timestamptz) order by key",
                                moment))
                        .as("copied to the harvest, at %s", moment)
                        .isEqualTo(texts(
                                "select concat_ws(' ', id, name, harvest.plain(description), domain) from catalog.datasets_at(?::text::timestamptz) order by id",
                                moment)));
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_unchanged_crawl_writes_no_version() {
        rig.crawl(Assets.lines(30));
        rig.crawl();
        assertThat(number("select count(*) from catalog.versions")).isZero();
    }

    @Test
    void verify_names_a_gap_and_an_overlap() {
        ObjectNode asset = Assets.asset(1);
        for (int i = 0; i < 4; i++) {
            Assets.resource(asset).put("description", "State " + i);
            rig.crawl(Assets.lines(asset));
        }
        assertThat(differences()).isEmpty();
        execute("delete from catalog.versions where id = 2");
        assertThat(differences())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("difference", "history has a gap")
                        .containsEntry("key", Assets.id(1)));
        execute("delete from catalog.versions where id = 1"); // what is older than it is kept may go
        assertThat(differences()).isEmpty();
        execute("delete from catalog.versions");
        execute("update catalog.socrata_datasets set changed_at = changed_at + interval '1 s'");
        assertThat(differences()).isEmpty();
    }

    private static List<String> with(List<String> lines, ObjectNode asset) {
        List<String> all = new ArrayList<>(lines);
        all.add(asset.toString());
        return all;
    }

    private static List<Map<String, Object>> differences() {
        return TestDatabase.get().rows("catalog/verify-catalog", Map.of());
    }
}
