package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetireTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void what_is_absent_from_a_complete_crawl_and_from_a_look_up_is_retired_with_time_reason_and_run() {
        rig.crawl(Assets.lines(20));
        rig.standIn().forget();
        assertThat(Counts.of(rig.crawl(Assets.lines(1, 19)))).isEqualTo("succeeded: seen 19, unchanged 19, retired 1");
        Map<String, Object> row = rows("select * from catalog.socrata_datasets where retired_at is not null")
                .get(0);
        assertThat(row).containsEntry("id", Assets.id(20)).containsEntry("retired_run_id", 2L);
        assertThat((String) row.get("retired_reason"))
                .contains("complete crawl")
                .contains("look-up");
        assertThat(number(
                        "select count(*) from catalog.socrata_datasets where retired_at > now() - interval '1 minute'"))
                .isEqualTo(1);
        assertThat(rig.requests().get(4).query())
                .isEqualTo("ids=" + Assets.id(1) + "," + Assets.id(20) + "&limit=1000");
        assertThat(texts("select id from catalog.current_datasets")).hasSize(19).doesNotContain(Assets.id(20));
        assertThat(texts("select change from catalog.dataset_changes where id = ? order by changed_at", Assets.id(20)))
                .containsExactly("appeared", "went");
    }

    @Test
    void what_is_retired_is_not_asked_for_again() {
        rig.crawl(Assets.lines(20));
        rig.crawl(Assets.lines(1, 19));
        rig.standIn().forget();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 19, unchanged 19");
        assertThat(rig.requests()).hasSize(4);
    }

    @Test
    void what_comes_back_is_restored() {
        rig.crawl(Assets.lines(20));
        rig.crawl(Assets.lines(1, 19));
        assertThat(Counts.of(rig.crawl(Assets.lines(20)))).isEqualTo("succeeded: seen 20, unchanged 19, restored 1");
        assertThat(number(
                        "select count(*) from catalog.socrata_datasets where retired_at is null and retired_reason is null "
                                + "and retired_run_id is null and last_changed_at = first_seen_at"))
                .isEqualTo(20);
    }

    @Test
    void what_comes_back_with_other_content_is_restored_with_it() {
        rig.crawl(Assets.lines(20));
        rig.crawl(Assets.lines(1, 19));
        ObjectNode changed = Assets.asset(20);
        Assets.resource(changed).put("name", "Renamed");
        List<String> lines = new java.util.ArrayList<>(Assets.lines(1, 19));
        lines.add(changed.toString());
        assertThat(Counts.of(rig.crawl(lines))).isEqualTo("succeeded: seen 20, unchanged 19, restored 1");
        assertThat(texts("select name from catalog.socrata_datasets where last_changed_at > first_seen_at"))
                .containsExactly("Renamed");
    }

    @Test
    void exactly_the_highest_share_may_go() {
        rig.crawl(Assets.lines(20));
        assertThat(Counts.of(rig.crawl(Assets.lines(1, 18)))).isEqualTo("succeeded: seen 18, unchanged 18, retired 2");
    }

    @Test
    void hundreds_are_looked_up_in_parts_each_with_a_control() {
        rig.set("catalog.retire.max-percent", "90%")
                .set("catalog.page-size", "1000")
                .crawl(Assets.lines(300));
        rig.standIn().forget();
        assertThat(rig.crawl(Assets.lines(1, 50))).containsEntry("retired", 250L);
        List<Request> lookUps = rig.requests().stream()
                .filter(request -> request.query().startsWith("ids="))
                .toList();
        assertThat(lookUps)
                .extracting(request -> request.parameter("ids").get(0).split(",").length)
                .containsExactly(100, 100, 53);
        assertThat(lookUps).allSatisfy(request -> assertThat(request.query()).startsWith("ids=" + Assets.id(1) + ","));
    }

    @Test
    void the_other_region_is_left_alone() {
        rig.serve(Assets.lines(20)).crawl(WalkOrder.whole("catalog", "crawl", "eu", "test"));
        rig.crawl();
        rig.crawl(Assets.lines(1, 19));
        assertThat(texts("select region from catalog.socrata_datasets where retired_at is not null"))
                .containsExactly("us");
    }

    @Test
    void a_crawl_gone_on_with_retires_what_neither_of_its_runs_saw() {
        rig.crawl(Assets.lines(30));
        rig.standIn().next(dev.catchment.flow.standin.Fault.NONE, dev.catchment.flow.standin.Fault.UNSORTED);
        rig.crawl(Assets.lines(1, 29));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 19, unchanged 19, retired 1");
        assertThat(texts("select id from catalog.socrata_datasets where retired_at is not null"))
                .containsExactly(Assets.id(30));
    }
}
