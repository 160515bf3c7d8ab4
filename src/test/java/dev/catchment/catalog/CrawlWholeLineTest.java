package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrawlWholeLineTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void fills_every_table_from_an_empty_database() {
        Map<String, Object> run = rig.crawl(Assets.lines(35));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 35, added 35");
        assertThat(
                        texts(
                                "select (select count(*) from catalog.socrata_datasets) || ' ' || (select count(*) from "
                                        + "catalog.dataset_sightings) || ' ' || (select count(*) from catalog.socrata_domains) || ' ' || (select "
                                        + "count(*) from catalog.socrata_hosts) || ' ' || (select count(*) from catalog.socrata_agencies)"))
                .containsExactly("35 35 1 1 1");
        assertThat(text("select status || is_complete || cursor from ops.runs"))
                .isEqualTo("succeededtrue" + Assets.id(35));
    }

    @Test
    void keeps_every_column_of_an_asset() {
        rig.crawl(Assets.lines(Assets.asset(1)));
        Map<String, Object> row = rows("select * from catalog.socrata_datasets").get(0);
        assertThat(row)
                .containsEntry("region", "us")
                .containsEntry("id", Assets.id(1))
                .containsEntry("name", "Dataset 1")
                .containsEntry("domain", "data.example.gov")
                .containsEntry("category", "Environment")
                .containsEntry("agency", "Department of Parks and Recreation (DPR)")
                .containsEntry("page_views", 332L)
                .containsEntry("download_count", 1917L)
                .containsEntry("license", "Public Domain")
                .containsEntry("type", "dataset")
                .containsEntry("provenance", "official");
    }

    @Test
    void keeps_lists_and_the_wide_content_once() {
        rig.crawl(Assets.lines(Assets.asset(1)));
        assertThat(text("select tags::text from catalog.socrata_datasets")).isEqualTo("{trees,parks,streets}");
        assertThat(text("select raw #>> '{resource,name}' from catalog.socrata_datasets"))
                .isEqualTo("Dataset 1");
        assertThat(
                        text(
                                "select string_agg(name || ':' || datatype, ' ' order by position) from catalog.dataset_columns"))
                .isEqualTo("Tree:Text Species:Text Height:Number");
        assertThat(number("select count(*) from catalog.dataset_metadata")).isEqualTo(3);
    }

    @Test
    void keeps_moments_as_moments_in_an_awkward_session_time_zone() {
        rig.crawl(Assets.lines(1));
        assertThat(text("show timezone")).isEqualTo(TestDatabase.ZONE);
        assertThat(text("select updated_at at time zone 'UTC' from catalog.socrata_datasets"))
                .isEqualTo("2025-06-01 08:00:00.123");
        assertThat(number("select count(*) from ops.requests where abs(extract(epoch from now() - requested_at)) > 60"))
                .isZero();
        assertThat(number("select count(*) from ops.runs where abs(extract(epoch from now() - started_at)) > 60"))
                .isZero();
    }

    @Test
    void writes_a_row_for_each_page_without_a_gap() {
        rig.crawl(Assets.lines(35));
        assertThat(texts("select sequence || ' ' || records || ' ' || status || ' ' || attempts || ' ' || "
                        + "coalesce(first_key || ' ' || last_key, 'end') from ops.requests order by sequence"))
                .containsExactly(
                        "1 10 200 1 " + Assets.id(1) + " " + Assets.id(10),
                        "2 10 200 1 " + Assets.id(11) + " " + Assets.id(20),
                        "3 10 200 1 " + Assets.id(21) + " " + Assets.id(30),
                        "4 5 200 1 " + Assets.id(31) + " " + Assets.id(35),
                        "5 0 200 1 end",
                        "6 0 200 1 end");
        assertThat(number("select sum(bytes) from ops.requests")).isEqualTo(number("select bytes from ops.runs"));
    }

    @Test
    void rewrites_no_dataset_when_nothing_changed() {
        rig.crawl(Assets.lines(35));
        String before = lying();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 35, unchanged 35");
        assertThat(lying()).isEqualTo(before);
        assertThat(number("select count(*) from catalog.dataset_sightings where run_id = 2"))
                .isEqualTo(35);
    }

    @Test
    void counts_more_views_as_unchanged_and_keeps_raw_but_shows_them() {
        ObjectNode asset = Assets.asset(1);
        rig.crawl(Assets.lines(asset));
        String before = text("select raw::text || content_hash || last_changed_at from catalog.socrata_datasets");
        ((ObjectNode) Assets.resource(asset).get("page_views")).put("page_views_total", 999);
        Assets.resource(asset).put("download_count", 2000);
        assertThat(Counts.of(rig.crawl(Assets.lines(asset)))).isEqualTo("succeeded: seen 1, unchanged 1");
        assertThat(text("select raw::text || content_hash || last_changed_at from catalog.socrata_datasets"))
                .isEqualTo(before);
        assertThat(text("select page_views || ' ' || download_count from catalog.socrata_datasets"))
                .isEqualTo("999 2000");
    }

    @Test
    void logs_one_summary_line_and_nothing_at_warn_each_with_the_run_id() {
        rig.serve(Assets.lines(35)).service();
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            rig.crawl();
            assertThat(log.ours(Level.WARN)).isEmpty();
            assertThat(log.ours(Level.INFO))
                    .filteredOn(line -> line.startsWith("The run is over"))
                    .hasSize(1);
            assertThat(log.contexts("The run is over"))
                    .allSatisfy(mdc -> assertThat(mdc).containsEntry("run", "1"));
        }
    }

    @Test
    void keeps_both_regions_apart_that_hold_the_same_id() {
        rig.crawl(Assets.lines(Assets.asset(1)));
        rig.serve(Assets.lines(Assets.asset(1, "data.example.eu")))
                .crawl(WalkOrder.whole("catalog", "crawl", "eu", "test"));
        assertThat(texts("select region || ' ' || domain from catalog.socrata_datasets order by 1"))
                .isEqualTo(List.of("eu data.example.eu", "us data.example.gov"));
    }

    /** Which version of which row lies where: any write to a row shows here. */
    private static String lying() {
        return text(
                "select string_agg(format('%s %s %s', id, ctid, xmin), ',' order by id) from catalog.socrata_datasets");
    }
}
