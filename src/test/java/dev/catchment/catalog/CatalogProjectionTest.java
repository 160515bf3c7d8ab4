package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.cli.Cli;
import dev.catchment.support.Assets;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The datasets of the catalogue stand beside those of the harvest: searched, compared and shown like them. */
class CatalogProjectionTest {
    private static final String CHANGES = "select change || ' ' || key from harvest.changes c"
            + " join harvest.datasets d on d.id = c.dataset_id order by c.id";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void portals_count_it_by_the_countries_of_its_datasets_and_say_when_it_was_complete() {
        rig.crawl(lines(List.of(Assets.asset(1), Assets.asset(2))));
        refresh();
        TestDatabase.rows("update harvest.search_documents set country = 'CA' returning 1");
        assertThat(TestDatabase.get().rows("harvest/count-portals-for-page", Map.of()))
                .contains(Map.of("dimension", "country", "value", "CA", "sources", 1L, "datasets", 2L))
                .contains(Map.of("dimension", "health", "value", "ok", "sources", 1L, "datasets", 2L));
        Map<String, Object> asked = new HashMap<>(Map.of("country", "ca", "skip", 0));
        List.of("words", "health", "kind").forEach(each -> asked.put(each, null));
        assertThat(TestDatabase.get().rows("harvest/list-portals-for-page", asked))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("name", "socrata-us").containsEntry("seen", 2L))
                .satisfies(row -> assertThat(row.get("last_complete_at")).isNotNull());
        asked.put("country", "fr");
        assertThat(TestDatabase.get().rows("harvest/list-portals-for-page", asked))
                .isEmpty();
    }

    @Test
    void a_crawl_is_copied_once_and_then_what_changed_only() {
        List<ObjectNode> assets = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            assets.add(Assets.asset(i));
        }
        rig.crawl(lines(assets));
        assertThat(refresh()).containsEntry("source", "socrata-us").containsEntry("added", 20L);
        assertThat(TestDatabase.get().rows("harvest/merge-search-documents", Map.of()))
                .isEmpty();
        List<String> ids = texts("select id from harvest.datasets order by key");
        assertThat(text(
                        "select title || ' ' || platform_id || ' ' || coalesce(publisher, '-') || ' ' || array_to_string(keywords, '+')"
                                + " from harvest.datasets where key = ?",
                        Assets.id(1)))
                .startsWith("Dataset 1 " + Assets.id(1) + " Department of Parks")
                .endsWith("trees+parks+streets");
        assertThat(texts("select is_active from harvest.sources")).containsExactly("false");
        assertThat(number("select count(*) from harvest.distributions where format = 'csv'"))
                .isEqualTo(20);

        Assets.resource(assets.get(0)).put("description", "Shrubs");
        Assets.resource(assets.get(1)).put("updatedAt", "2025-07-01T00:00:00.000Z");
        ObjectNode gone = assets.remove(19);
        rig.crawl(lines(assets));
        assertThat(refresh()).containsEntry("added", 0L).containsEntry("changed", 3L);
        assertThat(texts(CHANGES).subList(20, 22))
                .containsExactlyInAnyOrder("changed " + Assets.id(1), "retired " + Assets.id(20));
        assertThat(number("select count(*) from harvest.changes")).isEqualTo(22);
        assertThat(texts("select id from harvest.datasets order by key")).isEqualTo(ids);
        assertThat(texts("select key from harvest.datasets where last_changed_at > first_seen_at"))
                .containsExactly(Assets.id(1));

        assets.add(gone);
        rig.crawl(lines(assets));
        refresh();
        assertThat(texts("select key from harvest.datasets where retired_at is not null"))
                .isEmpty();
        assertThat(texts(CHANGES)).last().isEqualTo("restored " + Assets.id(20));
        assertThat(number("select count(*) from harvest.versions")).isZero();
        assertThat(number("select count(*) from harvest.search_documents")).isEqualTo(20);
        assertThat(texts("select h.key from harvest.datasets h join catalog.socrata_datasets d on d.id = h.key"
                        + " where (h.title, h.changed_at, h.content_hash, h.retired_at is null)"
                        + " is distinct from (d.name, d.changed_at, d.content_hash, d.retired_at is null)"))
                .isEmpty();
    }

    @Test
    void two_moments_are_compared_and_a_dataset_is_shown_as_it_was() throws Exception {
        List<ObjectNode> assets = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            assets.add(Assets.asset(i));
        }
        rig.crawl(lines(assets));
        String first = moment();
        Assets.resource(assets.get(0)).put("description", "Shrubs").put("name", "Shrubs in streets");
        Assets.resource(assets.get(1)).put("updatedAt", "2025-07-01T00:00:00.000Z");
        assets.remove(19);
        assets.add(Assets.asset(21));
        rig.crawl(lines(assets));
        String second = moment();
        Assets.resource(assets.get(0)).put("description", "Trees again");
        rig.crawl(lines(assets));
        refresh();
        assertThat(diff(first, second, false))
                .containsExactlyInAnyOrder(
                        "changed " + Assets.id(1) + " description name",
                        "retired " + Assets.id(20) + " ",
                        "added " + Assets.id(21) + " ");
        assertThat(diff(first, second, true))
                .contains("changed " + Assets.id(2) + " updated_at")
                .hasSize(4);
        assertThat(diff(second, null, true)).containsExactly("changed " + Assets.id(1) + " description");
        assertThat(diff("2001-01-01T00:00:00Z", first, true)).hasSize(20).allMatch(row -> row.startsWith("added"));

        Cli cli = Cli.on(TestServer.url().connectionUrl());
        assertThat(cli.run("diff", "--source", "socrata-us", "--from", first, "--to", second)
                        .endsWith(0)
                        .lines())
                .hasSize(4);
        assertThat(cli.run("diff", "--source", "socrata", "--from", first)
                        .endsWith(2)
                        .err())
                .contains("There is no source socrata.", "Did you mean socrata-us?");
        assertThat(cli.run("datasets", "show", Assets.id(1), "--at", first)
                        .endsWith(0)
                        .out())
                .contains("Dataset 1", "Trees  in  streets");
        assertThat(cli.run("datasets", "show", "socrata-us/" + Assets.id(1), "--json")
                        .endsWith(0)
                        .out())
                .contains("\"title\":\"Shrubs in streets\"", "Trees again");
        assertThat(cli.run("datasets", "show", Assets.id(1), "--at", "2001-01-01")
                        .endsWith(2)
                        .err())
                .contains("Nothing is known of socrata-us/" + Assets.id(1));
        assertThat(cli.run("datasets", "history", Assets.id(1)).endsWith(0).lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("changed_at"),
                        latest -> assertThat(latest).contains("changed", "description"),
                        before -> assertThat(before)
                                .contains("changed", "name description")
                                .endsWith("2"),
                        added -> assertThat(added).contains("added").endsWith("1"));
        assertThat(cli.run("datasets", "search", "shrubs", "--format", "csv")
                        .endsWith(0)
                        .out())
                .contains("Shrubs in streets", "socrata-us", Assets.id(1));
        assertThat(cli.run("datasets", "search", "shrubs", "--json").endsWith(0).out())
                .contains("\"key\":\"" + Assets.id(1));
        assertThat(cli.run("datasets", "show", "zzzz-zzzz").endsWith(2).err())
                .contains("There is no dataset zzzz-zzzz");
    }

    @Test
    void a_crawl_is_undone_unless_later_ones_stand_on_it() throws Exception {
        String held = "select to_jsonb(d) - 'changed_at' - 'last_changed_at' from catalog.socrata_datasets d"
                + " where retired_at is null order by id";
        List<ObjectNode> assets = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            assets.add(Assets.asset(i));
        }
        rig.crawl(lines(assets));
        Assets.resource(assets.get(0)).put("description", "Shrubs");
        assets.remove(19);
        assets.add(Assets.asset(21));
        Object second = rig.crawl(lines(assets)).get("run");
        List<String> after = texts(held);
        Assets.resource(assets.get(0)).put("description", "Hedges");
        Object third = rig.crawl(lines(assets)).get("run");

        Cli cli = Cli.on(TestServer.url().connectionUrl());
        assertThat(cli.run("undo", second.toString()).endsWith(1).out())
                .contains("cannot be undone", "(" + third + ")");
        assertThat(cli.run("undo", third.toString(), "--json").endsWith(0).out())
                .contains("\"mode\":\"undo\"", "\"updated\":1");
        assertThat(texts(held)).isEqualTo(after);
        assertThat(cli.run("undo", "4711").endsWith(2).err()).contains("4711");
        assertThat(number("select count(*) from catalog.versions where cause = 'undone'"))
                .isEqualTo(1);
        // What the source still serves comes back.
        rig.crawl();
        assertThat(text("select description from catalog.socrata_datasets where id = ?", Assets.id(1)))
                .isEqualTo("Hedges");
    }

    @Test
    void undoing_a_crawl_brings_back_what_it_changed_and_retired_and_takes_away_what_it_added() throws Exception {
        String held = "select to_jsonb(d) - 'changed_at' - 'last_changed_at' from catalog.socrata_datasets d"
                + " where retired_at is null order by id";
        List<ObjectNode> assets = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            assets.add(Assets.asset(i));
        }
        rig.crawl(lines(assets));
        List<String> before = texts(held);
        Assets.resource(assets.get(0)).put("description", "Shrubs");
        assets.remove(19);
        assets.add(Assets.asset(21));
        Object second = rig.crawl(lines(assets)).get("run");
        assertThat(texts(held)).isNotEqualTo(before);
        Cli.on(TestServer.url().connectionUrl()).run("undo", second.toString()).endsWith(0);
        assertThat(texts(held)).isEqualTo(before);
        assertThat(texts("select change from catalog.changes where run_id = (select max(id) from ops.runs)"))
                .containsExactly("undone", "undone", "undone");
        assertThat(number("select count(*) from harvest.datasets where retired_at is null"))
                .isEqualTo(20);
    }

    @Test
    void a_source_of_a_user_that_has_the_name_is_left_alone() {
        execute(
                "insert into harvest.sources (name, kind, url, host) values ('socrata-us', 'ckan', 'https://a.example', 'a.example')");
        rig.crawl(Assets.lines(3));
        assertThat(TestDatabase.get().rows("harvest/merge-search-documents", Map.of()))
                .isEmpty();
        assertThat(number("select count(*) from harvest.datasets")).isZero();
    }

    private static List<String> diff(String from, String to, boolean all) {
        Map<String, Object> asked = new java.util.HashMap<>();
        asked.put("source", "socrata-us");
        asked.put("earlier", from);
        asked.put("later", to);
        asked.put("is_all", all);
        return TestDatabase.get().rows("harvest/list-differences", asked).stream()
                .map(row -> row.get("change") + " " + row.get("key") + " " + row.get("fields"))
                .toList();
    }

    private static String moment() {
        return text("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    }

    private static Map<String, Object> refresh() {
        return TestDatabase.get()
                .rows("harvest/merge-search-documents", Map.of())
                .get(0);
    }

    private static List<String> lines(List<ObjectNode> assets) {
        return assets.stream().map(ObjectNode::toString).toList();
    }
}
