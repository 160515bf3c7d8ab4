package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrawlChangeTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void permuted_columns_tags_and_metadata_are_no_change() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        for (String list : List.of("name", "field_name", "datatype", "description", "format")) {
            reverse(Assets.resource(asset), "columns_" + list);
        }
        reverse(Assets.classification(asset), "domain_tags");
        reverse(Assets.classification(asset), "domain_metadata");
        assertThat(Counts.of(rig.crawl(Assets.lines(asset)))).isEqualTo("succeeded: seen 1, unchanged 1");
        assertThat(number("select count(*) from catalog.socrata_datasets where last_changed_at = first_seen_at"))
                .isEqualTo(1);
    }

    @Test
    void columns_that_changed_places_with_their_types_only_are_a_change() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        reverse(Assets.resource(asset), "columns_datatype");
        assertThat(Counts.of(rig.crawl(Assets.lines(asset)))).isEqualTo("succeeded: seen 1, updated 1");
    }

    @Test
    void changed_content_is_an_update_and_moves_last_changed_at() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset, Assets.asset(2)));
        Assets.resource(asset).put("description", "Trees, and shrubs too");
        assertThat(Counts.of(rig.crawl(Assets.lines(asset, Assets.asset(2)))))
                .isEqualTo("succeeded: seen 2, updated 1, unchanged 1");
        assertThat(texts("select id from catalog.socrata_datasets where last_changed_at > first_seen_at"))
                .containsExactly(Assets.id(1));
        assertThat(text(
                        "select description || (raw #>> '{resource,description}') from catalog.socrata_datasets where id = ?",
                        Assets.id(1)))
                .isEqualTo("Trees, and shrubs tooTrees, and shrubs too");
        assertThat(texts("select change from catalog.dataset_changes where id = ? order by changed_at", Assets.id(1)))
                .containsExactly("appeared", "changed");
    }

    @Test
    void a_key_nobody_knows_is_content_and_stays_in_raw() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        Assets.resource(asset).put("backend", "nbe");
        assertThat(Counts.of(rig.crawl(Assets.lines(asset)))).isEqualTo("succeeded: seen 1, updated 1");
        assertThat(text("select raw #>> '{resource,backend}' from catalog.socrata_datasets"))
                .isEqualTo("nbe");
    }

    @Test
    void a_duplicate_in_a_page_is_skipped_and_the_newer_one_kept() {
        ObjectNode older = Assets.asset(1);
        ObjectNode newer = Assets.asset(1);
        Assets.resource(newer).put("name", "Newer").put("updatedAt", "2025-06-02T08:00:00.000Z");
        assertThat(Counts.of(rig.crawl(Assets.lines(newer, older, Assets.asset(2)))))
                .isEqualTo("succeeded: seen 2, added 2, skipped 1");
        assertThat(texts("select name from catalog.socrata_datasets order by id"))
                .containsExactly("Newer", "Dataset 2");
        assertThat(number("select records from ops.requests where sequence = 1"))
                .isEqualTo(3);
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 2, unchanged 2, skipped 1");
    }

    @Test
    void a_domain_that_moves_between_hosts_takes_its_assets_along() {
        rig.crawl(Assets.lines(Assets.asset(1, "data.seattle.example")));
        assertThat(Counts.of(rig.crawl(Assets.lines(Assets.asset(1, "cos-data.seattle.example")))))
                .isEqualTo("succeeded: seen 1, updated 1");
        assertThat(text("select domain || ' ' || host from catalog.socrata_datasets"))
                .isEqualTo("cos-data.seattle.example cos-data.seattle.example");
        assertThat(texts("select domain || ' ' || datasets from catalog.portals order by 1"))
                .containsExactly("cos-data.seattle.example 1", "data.seattle.example 0");
        assertThat(texts("select host from catalog.socrata_hosts order by 1"))
                .containsExactly("cos-data.seattle.example", "data.seattle.example");
    }

    @Test
    void the_www_of_a_host_is_part_of_its_name() {
        ObjectNode asset = Assets.asset(1, "www.datos.gov.co");
        asset.put("link", "https://hub.datos.gov.co/dataset/x/" + Assets.id(1));
        rig.crawl(Assets.lines(asset));
        assertThat(texts("select host from catalog.socrata_hosts order by 1"))
                .containsExactly("hub.datos.gov.co", "www.datos.gov.co");
        assertThat(text("select country from catalog.socrata_domains")).isEqualTo("CO");
    }

    private static void reverse(ObjectNode parent, String list) {
        List<JsonNode> items = new ArrayList<>();
        parent.get(list).forEach(items::add);
        Collections.reverse(items);
        ((ArrayNode) parent.get(list)).removeAll().addAll(items);
    }
}
