package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Fault;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clock of the database was an hour ahead, and was set right: what is held lies in the future. */
class CrawlClockTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void what_changed_is_stored_and_what_went_is_retired_all_the_same() {
        rig.crawl(Assets.lines(35));
        setBackTheClock();
        List<String> changed = Assets.lines(1, 34).stream()
                .map(line -> line.replace("Trees", "Shrubs"))
                .toList();
        assertThat(Counts.of(rig.crawl(changed))).isEqualTo("succeeded: seen 34, updated 34, retired 1");
        assertThat(texts("select id from catalog.socrata_datasets where retired_at is not null"))
                .containsExactly(Assets.id(35));
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
        assertMomentsInOrder();
    }

    @Test
    void what_went_is_retired_by_a_crawl_that_was_gone_on_with_across_the_jump() {
        rig.crawl(Assets.lines(35));
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        assertThat(rig.crawl(Assets.lines(1, 34))).containsEntry("status", "failed");
        setBackTheClock();
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 24, unchanged 24, retired 1");
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
        assertMomentsInOrder();
    }

    @Test
    void a_dataset_held_from_the_future_changes_even_if_no_run_says_so() {
        rig.crawl(Assets.lines(5));
        execute("update catalog.socrata_datasets set first_seen_at = first_seen_at + interval '1 hour',"
                + " last_changed_at = last_changed_at + interval '1 hour'");
        List<String> changed = Assets.lines(4).stream()
                .map(line -> line.replace("Trees", "Shrubs"))
                .toList();
        rig.set("catalog.retire.max-percent", "50%");
        assertThat(Counts.of(rig.crawl(changed))).isEqualTo("succeeded: seen 4, updated 4, retired 1");
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at < last_changed_at"))
                .isZero();
    }

    @Test
    void runs_that_begin_within_the_hour_are_chains_of_their_own() {
        rig.crawl(Assets.lines(5));
        setBackTheClock();
        rig.crawl();
        rig.crawl();
        assertThat(number("select count(distinct begun_at) from ops.runs")).isEqualTo(3);
        assertMomentsInOrder();
    }

    private static void setBackTheClock() {
        execute(
                "update ops.runs set begun_at = begun_at + interval '1 hour', started_at = started_at + interval '1 hour',"
                        + " heartbeat_at = heartbeat_at + interval '1 hour', finished_at = finished_at + interval '1 hour'");
        execute("update catalog.socrata_datasets set first_seen_at = first_seen_at + interval '1 hour',"
                + " last_changed_at = last_changed_at + interval '1 hour'");
        execute("update catalog.dataset_sightings set seen_at = seen_at + interval '1 hour'");
        execute("update catalog.socrata_hosts set last_seen = last_seen + interval '1 hour'");
        execute("update catalog.socrata_domains set last_seen = last_seen + interval '1 hour'");
    }

    private static void assertMomentsInOrder() {
        assertThat(
                        number(
                                "select count(*) from ops.runs a join ops.runs b on a.id < b.id and a.finished_at > b.started_at"))
                .isZero();
        assertThat(number("select count(*) from catalog.dataset_sightings s join ops.runs r on r.id = s.run_id"
                        + " where s.seen_at not between r.started_at and r.finished_at"))
                .isZero();
    }
}
