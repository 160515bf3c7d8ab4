package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datasets are found by the words they say, in their own language. */
class DatasetSearchTest {
    @BeforeEach
    void fill() {
        TestDatabase.empty();
        source(1, "ottawa", "ckan", "CA", "en");
        source(2, "paris", "opendatasoft", "FR", "fr");
        source(3, "bonn", "ckan", "DE", null);
        source(4, "nowhere", "dcat-us", null, null);
        dataset(1, "aq", "Air quality measurements", "Hourly values of monitoring stations", "City of Ottawa", "csv");
        dataset(
                1,
                "bus",
                "Bus stops",
                "Stops with good air, and of what quality their benches are",
                "OC Transpo",
                "csv");
        dataset(1, "smog", "Smog alerts", "Days of poor air quality", "City of Ottawa", "xls");
        dataset(2, "air", "Qualités de l'air", "Mesures horaires des stations", "Ville de Paris", "csv");
        dataset(2, "arbres", "Les arbres", "Arbres remarquables", "Ville de Paris", "json");
        dataset(3, "baum", "Bäume im Straßenraum", "Standorte der Bäume", "Stadt Bonn", "csv");
        dataset(4, "x", "Running waters", "Running", "Somebody", null);
        walked("%");
        assertThat(refresh()).hasSize(4);
    }

    private static void walked(String sources) {
        TestDatabase.rows(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status, finished_at)"
                        + " select 'harvest', 'walk', name, 'cli', 'full', 'n', now(), now(), now(), 'succeeded', now()"
                        + " from harvest.sources where name like ? returning 1",
                sources);
    }

    @Test
    void a_title_outranks_a_description() {
        assertThat(keys("words", "air quality")).containsExactly("aq", "smog", "bus");
    }

    @Test
    void who_says_it_in_the_title_is_not_lost_among_more_than_are_ranked() {
        for (int i = 0; i < 30; i++) {
            dataset(1, "text" + i, "Shore " + i, "Kelp was seen", "City of Ottawa", "csv");
        }
        dataset(1, "title", "Kelp", "Where it grows", "City of Ottawa", "csv");
        walked("ottawa");
        assertThat(refresh()).hasSize(1);
        String best =
                "select d.key from harvest.best_datasets(?, null, null, null, null, null, null, null, ?::integer) b"
                        + " join harvest.datasets d on d.id = b.dataset_id";
        assertThat(texts(best, "kelp", 1)).containsExactly("title");
        assertThat(texts(best, "kelp", 40)).hasSize(31).startsWith("title").doesNotHaveDuplicates();
        assertThat(texts(best, "kelp", null)).as("all").hasSize(31);
        assertThat(texts(best, "kelp -grows", 1)).singleElement().asString().startsWith("text");
    }

    @Test
    void words_are_reduced_in_the_language_of_their_portal() {
        assertThat(keys("words", "qualité")).containsExactly("air");
        assertThat(keys("words", "arbre remarquable")).containsExactly("arbres");
        assertThat(keys("words", "Baum")).containsExactly("baum");
        assertThat(texts("select language from harvest.search_documents group by 1 order by 1"))
                .containsExactly("english", "french", "german", "simple");
        // No language: as it is written, and not as the English reduce it.
        assertThat(find("words", "run")).allSatisfy(row -> assertThat(row).containsEntry("matched", "title"));
        assertThat(keys("words", "running")).containsExactly("x");
    }

    @Test
    void a_phrase_an_or_and_a_not_are_understood() {
        assertThat(keys("words", "\"air quality\"")).containsExactly("aq", "smog");
        assertThat(keys("words", "bus or arbres")).containsExactlyInAnyOrder("bus", "arbres");
        assertThat(keys("words", "air quality -smog")).containsExactly("aq", "bus");
    }

    @Test
    void filters_narrow_what_is_found() {
        assertThat(keys("words", "air", "country", "ca", "format", "CSV")).containsExactly("aq", "bus");
        assertThat(keys("words", "air", "publisher", "ottawa")).containsExactlyInAnyOrder("aq", "smog");
        assertThat(keys("kind", "opendatasoft")).containsExactlyInAnyOrder("air", "arbres");
        assertThat(keys("source", "bonn")).containsExactly("baum");
        execute("update harvest.datasets set modified_at = '2001-01-01' where key = 'aq'");
        assertThat(keys("words", "air", "since", "2002-01-01T00:00:00Z", "source", "ottawa"))
                .containsExactlyInAnyOrder("bus", "smog");
        assertThat(keys("words", "air", "license", "odbl")).isEmpty();
    }

    @Test
    void what_is_misspelled_is_found_by_titles_spelled_almost_so() {
        List<Map<String, Object>> found = find("words", "air qualty mesurements");
        assertThat(found).extracting(row -> row.get("key")).first().isEqualTo("aq");
        assertThat(found).allSatisfy(row -> assertThat(row).containsEntry("matched", "title"));
    }

    @Test
    void what_is_misspelled_is_found_under_a_filter_although_a_thousand_others_are_liker() {
        for (int i = 0; i < 1_001; i++) {
            dataset(2, "liker" + i, "Air qualty mesuremen", "Mesures horaires", "Ville de Paris", "csv");
        }
        walked("paris");
        assertThat(refresh()).hasSize(1);
        assertThat(keys("words", "air qualty mesurements", "publisher", "ottawa"))
                .startsWith("aq");
    }

    @Test
    void no_words_break_it() {
        for (String words : List.of(
                "'; drop table harvest.datasets; --",
                "\"",
                "((",
                "& | ! <->",
                "%_\\",
                ":*",
                "-",
                "<script>",
                "\u0001é🌳",
                "a".repeat(5000))) {
            assertThat(find("words", words)).as(words).hasSizeLessThan(8);
        }
        assertThat(number("select count(*) from harvest.datasets")).isEqualTo(7);
    }

    @Test
    void a_headline_shows_where_the_words_stand() {
        assertThat(find("words", "benches").get(0))
                .hasEntrySatisfying(
                        "headline", headline -> assertThat((String) headline).contains("<<benches>>"));
    }

    @Test
    void without_words_a_headline_is_the_beginning_of_the_description_and_ends_with_a_word() {
        String headline = "select harvest.headline('english', null, 'Kelp', ?)";
        assertThat(texts(headline, "Where kelp grows")).containsExactly("Where kelp grows");
        assertThat(texts(headline, "seaweed ".repeat(30)))
                .containsExactly("seaweed ".repeat(25).strip() + " …");
        assertThat(texts(headline, "Where " + "k".repeat(300))).containsExactly("Where …");
    }

    @Test
    void what_was_found_a_moment_ago_is_listed_before_its_words_can_be_searched() {
        dataset(1, "new", "Shade maps", "Where trees stand", "City of Ottawa", "csv");
        assertThat(find("most", 1))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("key", "new").containsEntry("country", "CA"));
        assertThat(keys("words", "shade")).isEmpty();
    }

    @Test
    void limit_and_offset_page_through_all_of_them_once() {
        assertThat(find("most", 4)).hasSize(4);
        assertThat(find("most", 4, "skip", 4)).hasSize(3);
    }

    @Test
    void what_changed_or_retired_since_is_found_as_it_is_and_nothing_else_is_written() {
        assertThat(refresh()).isEmpty();
        execute(
                "update harvest.datasets set title = 'Noise map', changed_at = changed_at + interval '1 s' where key = 'aq'");
        execute("update harvest.datasets set retired_at = now(), retired_reason = 'gone', retired_run_id = 1,"
                + " changed_at = changed_at + interval '1 s' where key = 'smog'");
        walked("ottawa");
        assertThat(refresh())
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("source", "ottawa").containsEntry("documents", 2L));
        assertThat(keys("words", "noise")).containsExactly("aq");
        assertThat(keys("words", "smog")).isEmpty();
    }

    @Test
    void what_was_harvested_of_a_source_that_was_removed_is_not_found_and_its_name_is_that_of_another() {
        execute(
                "update harvest.datasets set retired_at = now(), retired_reason = 'its source was removed', retired_run_id = 1 where source_id = (select id from harvest.sources where name = 'ottawa');"
                        + " delete from harvest.search_documents s using harvest.datasets d where d.id = s.dataset_id and d.retired_at is not null;"
                        + " update harvest.sources set removed_at = now(), is_active = false where name = 'ottawa'");
        source(5, "ottawa", "ckan", "CA", "en");
        dataset(5, "trees", "Trees and air", "Where they grow", "City of Ottawa", "csv");
        walked("ottawa");
        assertThat(refresh()).hasSize(1);
        assertThat(keys("words", "air", "source", "ottawa")).containsExactly("trees");
        assertThat(keys("words", "smog")).isEmpty();
        assertThat(keys("source", "ottawa")).containsExactly("trees");
        assertThat(keys("publisher", "transpo")).isEmpty();
    }

    private static List<Map<String, Object>> refresh() {
        return TestDatabase.get().rows("harvest/merge-search-documents", Map.of());
    }

    private static List<String> keys(Object... asked) {
        return find(asked).stream().map(row -> (String) row.get("key")).toList();
    }

    private static List<Map<String, Object>> find(Object... asked) {
        Map<String, Object> parameters = new HashMap<>();
        for (String name : "words country format publisher license kind source since".split(" ")) {
            parameters.put(name, null);
        }
        parameters.put("most", 20);
        parameters.put("skip", 0);
        for (int i = 0; i < asked.length; i += 2) {
            parameters.put((String) asked[i], asked[i + 1]);
        }
        return TestDatabase.get().rows("harvest/find-datasets", parameters);
    }

    private static void source(int id, String name, String kind, String country, String language) {
        TestDatabase.rows(
                "insert into harvest.sources (id, name, kind, url, host, country, language) overriding system value"
                        + " values (?, ?, ?, 'https://' || ? || '.example', ? || '.example', ?, ?) returning 1",
                id,
                name,
                kind,
                name,
                name,
                country,
                language);
    }

    private static void dataset(
            int source, String key, String title, String description, String publisher, String format) {
        TestDatabase.rows(
                "with made as (insert into harvest.datasets (source_id, key, title, description, publisher, modified_at,"
                        + " content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " values (?, ?, ?, ?, ?, now(), repeat('0', 64), now(), now(), now()) returning id)"
                        + " insert into harvest.distributions (dataset_id, position, format) select id, 1, ? from made returning 1",
                source,
                key,
                title,
                description,
                publisher,
                format);
    }
}
