package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.standin.Fault;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DryRunTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void foretells_what_the_crawl_then_does() {
        serveAllKindsOfChange();
        Map<String, Object> foretold = rig.crawl(Orders.dryRun());
        assertThat(Counts.of(foretold))
                .isEqualTo("succeeded: seen 20, added 1, updated 1, unchanged 16, retired 1, restored 1, rejected 1");
        assertThat(Counts.of(rig.crawl())).isEqualTo(Counts.of(foretold));
    }

    @Test
    void writes_nothing_at_all() {
        serveAllKindsOfChange();
        String before = everything();
        long transaction = number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
        assertThat(rig.crawl(Orders.dryRun())).containsEntry("run", null).containsEntry("mode", "dry-run");
        assertThat(number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"))
                .as("no transaction has written anything, not even in vain")
                .isEqualTo(transaction);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void writes_nothing_when_it_fails() {
        serveAllKindsOfChange();
        String before = everything();
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        Map<String, Object> run = rig.crawl(Orders.dryRun());
        assertThat(run).containsEntry("status", "failed").containsEntry("retired", 0L);
        assertThat((String) run.get("error")).contains("order of its ids");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void on_an_empty_database_would_add_everything() {
        assertThat(Counts.of(rig.serve(Assets.lines(35)).crawl(Orders.dryRun())))
                .isEqualTo("succeeded: seen 35, added 35");
        assertThat(number("select count(*) from ops.runs")).isZero();
    }

    @Test
    void says_when_too_much_is_missing_to_retire_anything() {
        rig.crawl(Assets.lines(20));
        Map<String, Object> run = rig.serve(Assets.lines(1, 10)).crawl(Orders.dryRun());
        assertThat(Counts.of(run)).isEqualTo("succeeded: seen 10, unchanged 10");
        assertThat((String) run.get("note"))
                .contains("Nothing would be retired")
                .contains("10 of 20");
    }

    @Test
    void without_datasets_would_touch_none() {
        assertThat(Counts.of(rig.serve(Assets.lines(15)).crawl(Orders.dryRunOfDirectory())))
                .isEqualTo("succeeded: seen 15");
    }

    @Test
    void does_not_take_the_place_of_an_unfinished_crawl() {
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        rig.crawl(Assets.lines(25));
        rig.crawl(Orders.dryRun());
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, added 15");
    }

    /** Of 20 held ones the last is retired; then: 1 changes, 2 is bad, 19 goes, 20 comes back, 21 is new. */
    private void serveAllKindsOfChange() {
        rig.crawl(Assets.lines(20));
        rig.crawl(Assets.lines(1, 19));
        ObjectNode changed = Assets.asset(1);
        Assets.resource(changed).put("name", "Changed");
        ObjectNode bad = Assets.asset(2);
        Assets.resource(bad).putNull("name");
        List<String> lines = new ArrayList<>(Assets.lines(changed, bad, Assets.asset(20), Assets.asset(21)));
        lines.addAll(Assets.lines(3, 18));
        rig.serve(lines);
    }

    /** Every row of every table with its place and version, and every sequence. */
    private static String everything() {
        StringBuilder all = new StringBuilder();
        for (String table : texts("select format('%I.%I', schemaname, tablename) from pg_tables "
                + "where schemaname in ('ops', 'catalog', 'public') order by 1")) {
            all.append(table)
                    .append(text("select md5(string_agg(t.ctid || t.xmin::text || t::text, '' order by t.ctid)) from "
                            + table + " t"));
        }
        all.append(
                text(
                        "select string_agg(sequencename || coalesce(last_value, 0), ',' order by sequencename) from pg_sequences"));
        assertThat(all.toString())
                .contains("ops.requests", "catalog.dataset_sightings", "runs_id_seq")
                .contains(TestDatabase.text("select 'catalog'"));
        return all.toString();
    }
}
