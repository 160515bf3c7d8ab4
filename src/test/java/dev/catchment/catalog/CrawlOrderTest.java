package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrawlOrderTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_limit_ends_the_crawl_after_so_many_records() {
        Map<String, Object> run = rig.serve(Assets.lines(35)).crawl(Orders.limited(13));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 13, added 13");
        assertThat(rig.requests())
                .extracting(Request::query)
                .containsExactly("scroll_id=&limit=10", "scroll_id=" + Assets.id(10) + "&limit=3");
        assertThat(text("select mode || is_complete from ops.runs")).isEqualTo("partialfalse");
    }

    @Test
    void a_cursor_begins_after_that_id() {
        Map<String, Object> run = rig.serve(Assets.lines(35)).crawl(Orders.after(Assets.id(30)));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 5, added 5");
        assertThat(rig.requests().get(0).query()).startsWith("scroll_id=" + Assets.id(30) + "&");
        assertThat(text("select mode || is_complete from ops.runs")).isEqualTo("partialfalse");
    }

    @Test
    void no_datasets_fills_hosts_domains_and_agencies_alone() {
        Map<String, Object> run = rig.serve(Assets.lines(35)).crawl(Orders.directory());
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 35");
        assertThat(
                        number(
                                "select (select count(*) from catalog.socrata_datasets) + (select count(*) from catalog.dataset_sightings)"))
                .isZero();
        assertThat(texts("select host from catalog.socrata_hosts union all select domain from catalog.socrata_domains "
                        + "union all select name from catalog.socrata_agencies"))
                .containsExactly("data.example.gov", "data.example.gov", "Department of Parks and Recreation (DPR)");
        assertThat(text("select mode || is_complete from ops.runs")).isEqualTo("directoryfalse");
    }

    @Test
    void since_stops_at_the_first_page_that_reaches_further_back() {
        Map<String, Object> run = rig.serve(dated(35)).crawl(Orders.since("2025-01-01T00:00:24Z"));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 20, added 20");
        assertThat(rig.requests())
                .extracting(Request::query)
                .containsExactly(
                        "order=updatedAt%20DESC&offset=0&limit=10", "order=updatedAt%20DESC&offset=10&limit=10");
        assertThat(
                        number(
                                "select count(*) from catalog.socrata_datasets where updated_at >= timestamptz '2025-01-01T00:00:24Z'"))
                .isEqualTo(12);
        assertThat(text("select mode || is_complete || coalesce(note, '-') from ops.runs"))
                .isEqualTo("sincefalse-");
    }

    @Test
    void since_a_time_before_everything_ends_with_the_last_page() {
        assertThat(Counts.of(rig.serve(dated(25)).crawl(Orders.since("2020-01-01T00:00:00Z"))))
                .isEqualTo("succeeded: seen 25, added 25");
    }

    @Test
    void since_stays_inside_the_window_of_ten_thousand_and_says_when_it_is_cut() {
        rig.set("catalog.page-size", "3000");
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 10_050; i++) {
            lines.add(
                    "{\"resource\":{\"id\":\"%s\",\"name\":\"n\",\"updatedAt\":\"2025-01-01T00:00:00.000Z\"},\"metadata\":{\"domain\":\"a.gov\"}}"
                            .formatted(Assets.id(i)));
        }
        Map<String, Object> run = rig.serve(lines).crawl(Orders.since("2020-01-01T00:00:00Z"));
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 10000, added 10000");
        assertThat(rig.requests())
                .hasSize(4)
                .last()
                .extracting(Request::query)
                .isEqualTo("order=updatedAt%20DESC&offset=9000&limit=1000");
        assertThat((String) run.get("note")).contains("newest 10,000").contains("2025-01-01");
    }

    @Test
    void nothing_is_retired_after_a_part_of_the_scope() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(5));
        rig.serve(Assets.lines(2, 4));
        for (WalkOrder part : List.of(
                Orders.limited(100),
                Orders.after(Assets.id(1)),
                Orders.since("2001-01-01T00:00:00Z"),
                Orders.directory())) {
            assertThat(rig.crawl(part)).containsEntry("status", "succeeded").containsEntry("retired", 0L);
        }
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is null"))
                .isEqualTo(5);
        // Whether a part ends where the catalogue does may be looked up; candidates to be retired are not.
        assertThat(rig.requests())
                .filteredOn(request -> request.query().contains("ids="))
                .extracting(Request::query)
                .containsExactly("ids=%s,%s&limit=1000".formatted(Assets.id(4), Assets.id(5)));
    }

    /** Assets whose time of update is their number in seconds. */
    private static List<String> dated(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            var asset = Assets.asset(i);
            Assets.resource(asset).put("updatedAt", "2025-01-01T00:00:%02d.000Z".formatted(i));
            lines.add(asset.toString());
        }
        return lines;
    }
}
