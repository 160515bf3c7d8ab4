package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.Leases;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plan shows is what applying it does, and what a walk would have done; or it is refused. */
@Tag("process")
class PlanTest {
    private static final String KIND = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            identity: [title-issued]
            retire: { after: 1, max-percent: 10%, at-least: 5 }
            """;

    private static final String TWIN = "twin";

    /** All that the room holds, whatever it is, but the plans themselves. */
    private static final List<String> HELD = List.of(
            "records",
            "sightings",
            "datasets",
            "distributions",
            "versions",
            "changes",
            "renames",
            "walks",
            "retirements");

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private Cli cli() throws IOException {
        Cli cli = Cli.on(TestDatabase.get().url().connectionUrl());
        for (Map.Entry<String, String> each : rig.settings().entrySet()) {
            cli = cli.with(each.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), each.getValue());
        }
        return cli;
    }

    private static String named(String key, String title) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"issued\":\"2020-01-01\",\"changed\":\"2026-01-01T00:00:00Z\"}"
                .formatted(key, title);
    }

    private static List<String> before(int count) {
        List<String> records = new ArrayList<>(datasets(count));
        records.add(named("n-1", "Named one"));
        records.add(named("n-2", "Named two"));
        return records;
    }

    /** One changed, one gone, one with another key, one new. */
    private static List<String> after(int count) {
        List<String> records = new ArrayList<>(before(count));
        records.set(0, dataset(1, "Another name"));
        records.remove(4);
        records.removeIf(record -> record.contains("n-1"));
        records.add(named("n-9", "Named one"));
        records.add(dataset(90000));
        return records;
    }

    private static List<String> held() {
        return HELD.stream()
                .flatMap(table -> texts("select t::text from harvest." + table + " t order by 1").stream())
                .toList();
    }

    private static List<String> of(String source, String select) {
        return texts(select + " where source_id = (select id from harvest.sources where name = ?) order by 1", source);
    }

    private static void assertTwins() {
        for (String select : List.of(
                "select key || ' ' || title || ' ' || content_hash || ' ' || (retired_at is null) from harvest.datasets",
                "select key || ' ' || raw || ' ' || content_hash || ' ' || missed from harvest.records",
                "select old_key || ' ' || new_key || ' ' || rule from harvest.renames",
                "select key || ' ' || place from harvest.sightings",
                "select rows || ' ' || keys || ' ' || coalesce(last_total, 0) || ' ' || is_complete from harvest.walks",
                "select change || ' ' || fields::text from harvest.changes")) {
            assertThat(of(SOURCE, select)).as(select).isEqualTo(of(TWIN, select));
        }
        assertThat(TestDatabase.get().rows("harvest/verify-harvest", Map.of())).isEmpty();
    }

    /** Two sources that are the same: one is walked, the other planned and applied. */
    private KindStandIn twins(int count) {
        String yaml = HarvestRig.listed(count > 100 ? KIND.replace("size: 10,", "size: 200,") : KIND);
        rig.declare("made-up", yaml, HarvestRig.MAPPING + ", raw ->> 'issued' as issued");
        KindStandIn standIn = rig.standIn("made-up", yaml).serve(before(count));
        rig.source(TWIN, "made-up", rig.url(1));
        TestDatabase.rows("update harvest.sources s set url = o.url, host = o.host from harvest.sources o"
                + " where o.name = '" + SOURCE + "' returning s.id");
        rig.harvest(SOURCE);
        rig.harvest(TWIN);
        standIn.serve(after(count));
        return standIn;
    }

    private static String plan() {
        return text("select id from harvest.plans");
    }

    @Test
    void applying_a_plan_does_what_it_said_and_what_a_walk_would_have_done() throws IOException {
        twins(20);
        List<String> held = held();
        String sources = text("select string_agg(s::text, ';' order by id) from harvest.sources s");
        Cli.Said said = cli().run("plan", "--source", SOURCE, "--json").endsWith(0);
        assertThat(said.lines()).hasSize(5);
        assertThat(said.lines().get(0))
                .startsWith(
                        "{\"change\":\"added\",\"datasets\":1,\"samples\":[{\"key\":\"d-90000\",\"title\":\"Dataset 90000\"}],\"plan\":\""
                                + plan());
        assertThat(said.lines().get(1)).startsWith("{\"change\":\"changed\",\"datasets\":1,");
        assertThat(said.lines().get(2))
                .startsWith("{\"change\":\"renamed\",\"datasets\":1,")
                .contains("n-9");
        assertThat(said.lines().get(3))
                .startsWith("{\"change\":\"retired\",\"datasets\":1,")
                .contains("d-00005");
        assertThat(said.lines().get(4)).contains("\"mode\":\"plan\"", "\"status\":\"succeeded\"", plan());
        assertThat(held()).isEqualTo(held);
        assertThat(text("select string_agg(s::text, ';' order by id) from harvest.sources s"))
                .isEqualTo(sources);

        rig.harvest(TWIN);
        assertThat(cli().run("apply", plan(), "--json").endsWith(0).out())
                .contains("\"mode\":\"apply\"", "\"added\":2", "\"updated\":1", "\"unchanged\":19", "\"retired\":1");
        assertThat(texts("select change || ' ' || count(*) from harvest.changes where run_id ="
                        + " (select max(id) from ops.runs) group by change order by 1"))
                .containsExactly("added 1", "changed 1", "renamed 1", "retired 1");
        assertTwins();
        assertThat(number("select count(*) from harvest.changes where number is null"))
                .isZero();
        assertThat(cli().run("datasets", "search", "Another name", "--json").out())
                .contains(SOURCE);
        assertThat(cli().run("apply", plan()).endsWith(2).err()).contains("was applied");
    }

    @Test
    void a_plan_whose_base_moved_is_refused_and_nothing_is_written() throws IOException {
        twins(20);
        cli().run("plan", "--source", SOURCE).endsWith(0);
        String plan = plan();
        rig.harvest(SOURCE);
        List<String> held = held();
        assertThat(cli().run("apply", plan).endsWith(1).out()).contains("was refused, and nothing was written");
        assertThat(held()).isEqualTo(held);
        assertThat(text("select status || ' ' || seen || ' ' || added from ops.runs order by id desc limit 1"))
                .isEqualTo("failed 0 0");
        cli().run("plan", "--source", SOURCE).endsWith(0);
        assertThat(cli().run("apply", plan).endsWith(2).err()).contains("There is no plan");
        cli().run("apply", plan()).endsWith(0);
    }

    @Test
    void a_walk_that_only_missed_something_moves_the_base_too() throws IOException {
        KindStandIn standIn = rig.standIn(KIND.replace("after: 1", "after: 2")).serve(datasets(20));
        rig.harvest();
        standIn.serve(datasets(19));
        assertThat(cli().run("plan", "--source", SOURCE).endsWith(0).out()).contains("would change nothing");
        rig.harvest();
        assertThat(cli().run("apply", plan()).endsWith(1).out()).contains("was refused");
        assertThat(rig.held()).hasSize(20);
        assertThat(cli().run("plan", "--source", SOURCE).endsWith(0).out()).contains("retired: 1");
        cli().run("apply", plan()).endsWith(0);
        assertThat(rig.held()).hasSize(19);
    }

    @Test
    void a_plan_of_an_incomplete_walk_is_not_applied() throws IOException {
        KindStandIn standIn = rig.standIn(KIND).serve(datasets(20));
        rig.harvest();
        standIn.serve(datasets(30))
                .override(request ->
                        request.query().contains("start=20") ? Optional.of(Answer.json(403, "{}")) : Optional.empty());
        cli().run("plan", "--source", SOURCE).endsWith(1);
        assertThat(cli().run("apply", plan()).endsWith(2).err()).contains("was not complete");
        assertThat(rig.held()).hasSize(20);
    }

    @Test
    void a_plan_of_a_source_that_shows_nothing_proves_nothing() throws IOException {
        KindStandIn standIn = rig.standIn(KIND).serve(datasets(4));
        rig.harvest();
        standIn.serve(List.of());
        assertThat(cli().run("plan", "--source", SOURCE).endsWith(1).out())
                .contains("the source shows nothing, and 4 datasets are held of it");
        assertThat(cli().run("apply", plan()).endsWith(2).err()).contains("was not complete");
        assertThat(rig.held()).hasSize(4);
    }

    @Test
    void a_plan_by_other_rules_of_identity_is_refused() throws IOException {
        KindStandIn standIn = rig.standIn(KIND).serve(datasets(20));
        rig.harvest();
        standIn.serve(datasets(21));
        cli().run("plan", "--source", SOURCE).endsWith(0);
        execute("update harvest.kinds set declaration = declaration || '{\"identity\":[\"normal-key\"]}'");
        cli().run("apply", plan()).endsWith(1);
        assertThat(rig.held()).hasSize(20);
    }

    @Test
    void what_is_still_there_when_it_is_asked_for_is_not_in_the_plan_and_stays() throws IOException {
        KindStandIn standIn = rig.standIn(KIND + "gone: { url: \"{source.url}/one?id={key}\", status: [404] }\n");
        standIn.serve(datasets(40));
        rig.harvest();
        standIn.serve(datasets(38))
                .override(request -> request.parameter("id").contains("d-00039")
                        ? Optional.of(Answer.json(200, "{}"))
                        : Optional.empty());
        assertThat(cli().run("plan", "--source", SOURCE).endsWith(0).out())
                .contains("retired: 1\n  d-00040", "1 records that the walk did not see would stay");
        standIn.forget();
        cli().run("apply", plan()).endsWith(0);
        assertThat(rig.asked()).isEmpty();
        assertThat(rig.held()).hasSize(39).contains("d-00039");
    }

    @Test
    void what_a_walk_would_hold_back_is_shown_so_and_held_back() throws IOException {
        KindStandIn standIn = rig.standIn(KIND).serve(datasets(40));
        rig.harvest();
        standIn.serve(datasets(20));
        assertThat(cli().run("plan", "--source", SOURCE).endsWith(0).out())
                .contains("held-back: 20", "and 15 more", "Nothing would be retired");
        cli().run("apply", plan()).endsWith(0);
        assertThat(rig.held()).hasSize(40);
        assertThat(number("select cardinality(keys) from harvest.retirements where decision is null"))
                .isEqualTo(20);
    }

    @Test
    void a_source_that_only_the_catalogue_can_walk_is_refused() throws IOException {
        rig.standIn(KIND);
        rig.source("another", "socrata-discovery", "https://api.example.org/api/catalog/v1");
        assertThat(cli().run("plan", "--source", "another").endsWith(2).err())
                .contains("no region of it", "socrata-us");
    }

    @Test
    void killed_in_the_middle_it_is_applied_again_and_nothing_is_doubled() throws Exception {
        rig.set("harvest.writers", "1");
        KindStandIn standIn = twins(1200);
        List<String> renewed = new ArrayList<>(after(1200));
        IntStream.range(0, 1000)
                .forEach(i -> renewed.set(i, renewed.get(i).replace("like all of them", "and renewed")));
        standIn.serve(renewed);
        cli().run("plan", "--source", SOURCE).endsWith(0);
        rig.harvest(TWIN);
        try (Connection connection = TestDatabase.get().dataSource().getConnection();
                Statement statement = connection.createStatement();
                CrawlProcess process = CrawlProcess.command(rig.settings(), List.of("apply", plan()))) {
            connection.setAutoCommit(false);
            statement.execute("select from harvest.records r join harvest.sources s on s.id = r.source_id"
                    + " where s.name = '" + SOURCE + "' and r.key = 'd-00900' for update of r");
            Await.until(
                    "a batch is committed: " + process.standardError(),
                    () -> number("select coalesce(sum(updated), 0) from ops.runs where mode = 'apply'") > 0);
            process.kill();
            Leases.end(process);
            connection.rollback();
        }
        assertThat(number(
                        "select count(*) from harvest.versions v join harvest.datasets d on d.id = v.dataset_id"
                                + " join harvest.sources s on s.id = d.source_id where s.name = ?",
                        SOURCE))
                .isBetween(1L, 999L);
        cli().run("apply", plan()).endsWith(0);
        assertThat(texts("select status from ops.runs where mode = 'apply' order by id"))
                .containsExactly("abandoned", "succeeded");
        assertTwins();
    }
}
