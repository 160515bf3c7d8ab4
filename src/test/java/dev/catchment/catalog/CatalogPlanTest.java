package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.cli.Cli;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A region of the catalogue is planned and applied as any source is: what a plan shows is what applying it does. */
class CatalogPlanTest {
    /** All that the room holds but the plans themselves. */
    private static final List<String> HELD = List.of(
            "socrata_hosts",
            "socrata_domains",
            "socrata_agencies",
            "socrata_datasets",
            "dataset_sightings",
            "versions");

    /** A dataset but for the moments at which it was written. */
    private static final String STATE =
            "select to_jsonb(d) - 'region' - 'first_seen_at' - 'last_changed_at' - 'changed_at'"
                    + " - 'retired_at' - 'retired_run_id' || jsonb_build_object('retired', d.retired_at is not null)"
                    + " from catalog.socrata_datasets d where region = ? order by id";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    private Cli cli() throws IOException {
        Cli cli = Cli.on(TestDatabase.get().url().connectionUrl());
        for (Map.Entry<String, String> each : rig.settings().entrySet()) {
            cli = cli.with(each.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), each.getValue());
        }
        return cli;
    }

    private static List<String> held() {
        return HELD.stream()
                .flatMap(table -> texts("select t::text from catalog." + table + " t order by 1").stream())
                .toList();
    }

    private static String plan() {
        return text("select id from catalog.plans order by created_at desc limit 1");
    }

    /** Of 20 held ones the last is retired; then: 1 changes, 2 is bad, 19 goes, 20 comes back, 21 is new. */
    private void changeAll(List<String> regions) {
        regions.forEach(region -> rig.serve(Assets.lines(20)).crawl(order(region)));
        regions.forEach(region -> rig.serve(Assets.lines(1, 19)).crawl(order(region)));
        ObjectNode changed = Assets.asset(1);
        Assets.resource(changed).put("name", "Changed");
        ObjectNode bad = Assets.asset(2);
        Assets.resource(bad).putNull("name");
        List<String> lines = new ArrayList<>(Assets.lines(changed, bad, Assets.asset(20), Assets.asset(21)));
        lines.addAll(Assets.lines(3, 18));
        rig.serve(lines);
    }

    private static WalkOrder order(String region) {
        return WalkOrder.whole("catalog", "crawl", region, "test");
    }

    @Test
    void shows_what_a_crawl_would_do_writes_nothing_and_applying_it_does_just_that() throws IOException {
        changeAll(List.of("us", "eu"));
        List<String> held = held();
        Cli.Said said = cli().run("plan", "--source", "socrata-us", "--json").endsWith(0);
        assertThat(said.lines()).hasSize(5);
        assertThat(said.lines().get(0))
                .startsWith("{\"change\":\"added\",\"datasets\":1,\"samples\":[{\"key\":\"" + Assets.id(21)
                        + "\",\"title\":\"Dataset 21\"}],\"plan\":\"" + plan() + "\",\"hash\":\"");
        assertThat(said.lines().get(1)).startsWith("{\"change\":\"changed\",\"datasets\":1,");
        assertThat(said.lines().get(2)).startsWith("{\"change\":\"restored\",\"datasets\":1,");
        assertThat(said.lines().get(3))
                .startsWith("{\"change\":\"retired\",\"datasets\":1,")
                .contains(Assets.id(19), "\"title\":\"Dataset 19\"");
        assertThat(said.lines().get(4)).contains("\"mode\":\"plan\"", "\"status\":\"succeeded\"", plan());
        assertThat(held()).isEqualTo(held);

        int asked = rig.requests().size();
        Map<String, Object> crawled = rig.crawl(order("eu"));
        int askedByCrawl = rig.requests().size() - asked;
        assertThat(askedByCrawl).isPositive();
        String hash = text("select left(hash, 8) from catalog.plans");
        assertThat(cli().run("apply", hash, "--json").endsWith(0).out())
                .contains("\"mode\":\"apply\"", "\"added\":1", "\"updated\":1", "\"restored\":1", "\"retired\":1");
        assertThat(rig.requests()).as("applying asks nobody").hasSize(asked + askedByCrawl);
        assertThat(Counts.of(crawled)).contains("added 1", "updated 1", "retired 1", "restored 1", "rejected 1");
        assertThat(texts(STATE, "us")).isEqualTo(texts(STATE, "eu"));
        assertThat(texts("select cause || ' ' || dataset_id from catalog.versions where region = 'us' order by 1"))
                .isEqualTo(texts(
                        "select cause || ' ' || dataset_id from catalog.versions where region = 'eu' order by 1"));
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
        assertThat(cli().run("datasets", "search", "Changed", "--source", "socrata-us", "--json")
                        .out())
                .contains("Changed");
        assertThat(cli().run("apply", plan()).endsWith(2).err()).contains("was applied");
    }

    @Test
    void what_it_applied_is_undone_as_a_crawl_is() throws IOException {
        changeAll(List.of("us"));
        List<String> before = texts(STATE + " limit 20", "us");
        cli().run("plan", "--source", "socrata-us").endsWith(0);
        cli().run("apply", plan()).endsWith(0);
        cli().run("undo", text("select max(id) from ops.runs")).endsWith(0);
        assertThat(texts(STATE + " limit 20", "us")).isEqualTo(before);
    }

    @Test
    void a_plan_whose_base_moved_is_refused_and_nothing_is_written() throws IOException {
        changeAll(List.of("us"));
        cli().run("plan", "--source", "socrata-us").endsWith(0);
        String plan = plan();
        rig.crawl();
        List<String> held = held();
        assertThat(cli().run("apply", plan).endsWith(1).out())
                .contains("was refused, and nothing was written", "catchment plan --source socrata-us");
        assertThat(held()).isEqualTo(held);
        assertThat(text("select status || ' ' || seen || ' ' || added from ops.runs order by id desc limit 1"))
                .isEqualTo("failed 0 0");
        assertThat(cli().run("plan", "--source", "socrata-us").endsWith(0).out())
                .contains("would change nothing");
        assertThat(cli().run("apply", plan).endsWith(2).err()).contains("There is no plan");
    }

    @Test
    void what_a_later_crawl_saw_again_is_not_retired_by_an_older_plan() throws IOException {
        rig.crawl(Assets.lines(20));
        rig.serve(Assets.lines(1, 19));
        assertThat(cli().run("plan", "--source", "socrata-us").endsWith(0).out())
                .contains("retired: 1");
        rig.crawl(Assets.lines(20));
        assertThat(cli().run("apply", plan()).endsWith(1).out()).contains("was refused");
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is null"))
                .isEqualTo(20);
    }

    @Test
    void a_plan_of_an_incomplete_crawl_is_not_applied() throws IOException {
        rig.crawl(Assets.lines(20));
        rig.serve(Assets.lines(25)).standIn().next(Fault.NONE, Fault.UNSORTED);
        cli().run("plan", "--source", "socrata-us").endsWith(1);
        assertThat(cli().run("apply", plan()).endsWith(2).err()).contains("was not complete");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(20);
    }

    @Test
    void what_a_crawl_would_hold_back_stays() throws IOException {
        rig.crawl(Assets.lines(20));
        rig.serve(Assets.lines(1, 10));
        assertThat(cli().run("plan", "--source", "socrata-us").endsWith(0).out())
                .contains("10 of 20 held datasets are missing", "would change nothing");
        cli().run("apply", plan()).endsWith(0);
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is null"))
                .isEqualTo(20);
    }

    @Test
    void a_region_never_crawled_is_planned_too_and_applied_page_by_page() throws IOException {
        rig.serve(Assets.lines(35));
        assertThat(cli().run("plan", "--source", "socrata-eu").endsWith(0).out())
                .contains("added: 35", "and 30 more");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isZero();
        cli().run("apply", plan()).endsWith(0);
        assertThat(texts("select id from catalog.socrata_datasets where region = 'eu' order by id"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 35)
                        .mapToObj(Assets::id)
                        .sorted()
                        .toList());
        assertThat(cli().run("plan", "--source", "socrata-xy").endsWith(2).err())
                .contains("There is no source");
    }

    @Test
    void begun_and_killed_it_is_applied_again_and_nothing_is_doubled() throws IOException {
        changeAll(List.of("us"));
        cli().run("plan", "--source", "socrata-us").endsWith(0);
        // As a process leaves it that died after its first page.
        execute("create function catalog.dies() returns trigger language plpgsql as"
                + " $$begin raise exception 'no more today'; end$$");
        execute("create trigger dies before update on catalog.socrata_datasets for each row"
                + " when (new.retired_at is not null) execute function catalog.dies()");
        try {
            cli().run("apply", plan()).endsWith(1);
            assertThat(number("select count(*) from catalog.socrata_datasets where id = ?", Assets.id(21)))
                    .isEqualTo(1);
        } finally {
            execute("drop function catalog.dies() cascade");
        }
        cli().run("apply", plan()).endsWith(0);
        assertThat(texts("select status from ops.runs where mode = 'apply' order by id"))
                .containsExactly("failed", "succeeded");
        assertThat(texts("select cause from catalog.versions where valid_to > (select created_at from catalog.plans)"
                        + " order by 1"))
                .containsExactly("changed", "restored", "retired");
        assertThat(number("select count(*) from catalog.socrata_datasets where retired_at is not null"))
                .isEqualTo(1);
    }
}
