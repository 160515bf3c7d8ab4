package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of reads do. */
class ReadsTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    @BeforeEach
    void rows() {
        WebRows.insert(WEB.database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "q=harbour",
                "sort=title",
                "sort=relevance",
                "sort=relevance&q=harbour",
                "sort=changed&q=harbour",
                "sort=title&q=depths",
                "q=harbor",
                "q=%20",
                "country=ca",
                "format=csv&license=cc-by&publisher=port&kind=ckan&since=2026-01-01T00:00:00Z"
            })
    void a_search_comes_page_by_page_in_every_order(String asked) {
        List<String> whole = ids("/api/v1/datasets?limit=1000" + (asked.isEmpty() ? "" : "&" + asked));
        assertThat(whole).hasSizeBetween(2, 4).doesNotHaveDuplicates();
        List<String> paged = new ArrayList<>();
        for (String next = "/api/v1/datasets?limit=1" + (asked.isEmpty() ? "" : "&" + asked); next != null; ) {
            paged.addAll(ids(next));
            assertThat(paged).hasSizeLessThanOrEqualTo(whole.size());
            next = WEB.get(next).json().path("next").textValue();
        }
        assertThat(paged).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "is-retired=true, 1",
        "is-retired=true&q=harbour, 1",
        "is-retired=true&q=nonsense, 0",
        "source=north, 2",
        "country=zz, 0",
        "since=2027-01-01T00:00:00Z, 0",
        "q=nonsense, 0",
        "format=parquet, 0"
    })
    void a_filter_leaves_out_what_is_otherwise(String asked, int due) {
        assertThat(ids("/api/v1/datasets?" + asked)).hasSize(due);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source=North | at most 100 characters that match [a-z0-9][a-z0-9._-]*.",
                "is-retired=yes | true, false.",
                "limit=0 | a whole number from 1 to 1000.",
                "sort=size | relevance, changed, title."
            })
    void what_is_not_allowed_is_told_with_what_is(String asked, String allowed) {
        assertThat(WEB.get("/api/v1/datasets?" + asked).json().path("detail").asText())
                .isEqualTo(asked + " is not allowed. Allowed: " + allowed);
    }

    @Test
    void facets_count_what_a_search_finds() {
        Answer facets = WEB.get("/api/v1/dataset-facets?q=harbour&limit=100");
        List<String> counted = new ArrayList<>();
        facets.json()
                .path("items")
                .forEach(each -> counted.add("%s %s %s"
                        .formatted(
                                each.path("facet").asText(),
                                each.path("value").asText(),
                                each.path("datasets").asText())));
        assertThat(counted)
                .containsExactly(
                        "country AU 2",
                        "country CA 2",
                        "format csv 4",
                        "format json 4",
                        "kind ckan 4",
                        "license CC-BY-4.0 4",
                        "publisher Port 0 2",
                        "publisher Port 1 2",
                        "source north 2",
                        "source south 2");
    }

    @Test
    void a_dataset_is_shown_as_it_is_and_as_it_was() {
        String path = "/api/v1/datasets/" + WebRows.DATASET;
        Answer now = WEB.get(path);
        assertThat(now.json().path("title").asText()).isEqualTo("Harbour <script>alert(1)</script> & depths");
        assertThat(now.json().path("distributions")).hasSize(2);
        assertThat(now.json().path("copies").asInt()).isEqualTo(2);
        Answer then = WEB.get(path + "?at=2026-11-01T12:00:00Z");
        assertThat(then.json().path("title").asText()).isEqualTo("Old depths");
        assertThat(then.json().path("valid_to").asText()).isEqualTo("2026-11-02T00:00:00Z");
        assertThat(WEB.get(path + "?at=2020-01-01T00:00:00Z").status()).isEqualTo(404);
        assertThat(WEB.get("/api/v1/datasets/00000000-0000-4000-8000-000000000009")
                        .status())
                .isEqualTo(404);
    }

    /** What a spreadsheet would take for a formula; docs/rooms/web.md says how to open it. */
    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "+1", "-1", "@SUM(A1)", "\t=1"})
    void a_file_has_what_was_published(String title) throws Exception {
        WEB.execute("update harvest.datasets set title = '%s' where key = 'key-1'".formatted(title));
        Answer csv = WEB.get("/api/v1/datasets.csv?fields=key,title");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(csv.header("Content-Disposition")).startsWith("attachment; ");
        assertThat(csv.text().lines()).contains("key-1," + title);
    }

    @Test
    void whoever_asks_for_what_came_after_a_number_misses_nothing() throws Exception {
        Answer first = WEB.get("/api/v1/changes?limit=3");
        assertThat(first.json().path("next").asText()).isEqualTo("/api/v1/changes?limit=3&after=3");
        assertThat(WEB.get("/api/v1/changes?after=6").json().path("items")).hasSize(2);
        WEB.execute("insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at) "
                + "select id, source_id, 'restored', 2, now() from harvest.datasets limit 1");
        assertThat(WEB.get("/api/v1/changes?after=8").json().path("items")).isEmpty();
        WEB.execute("select harvest.publish_changes()");
        assertThat(WEB.get("/api/v1/changes?after=8").json().path("items")).hasSize(1);
    }

    @Test
    void whoever_was_away_until_changes_were_deleted_is_told_so_and_where_to_go_on() throws Exception {
        assertThat(WEB.get("/api/v1/changes?after=2").json().path("items")).isNotEmpty();
        WEB.execute("delete from harvest.changes where number <= 5; select harvest.note_deleted_changes(5);"
                + " select harvest.note_deleted_changes(4)");
        Answer gone = WEB.get("/api/v1/changes?after=4");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gone.json().path("detail").asText())
                .contains("up to number 5 were deleted", "Read the datasets as they are now, whole", "after=8.");
        assertThat(WEB.get("/api/v1/changes.csv?after=1").status()).isEqualTo(410);
        assertThat(WEB.get("/api/v1/changes?after=5").json().path("items")).hasSize(3);
        assertThat(WEB.get("/api/v1/changes?after=8").json().path("items")).isEmpty();
        assertThat(WEB.get("/api/v1/changes").json().path("items"))
                .as("who knows none yet")
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"zo, 2", "zoë, 2", "O, 2", "%, 0", "_, 0", "'''; drop', 0"})
    void names_are_found_by_their_first_letters(String prefix, int due) {
        String asked = java.net.URLEncoder.encode(prefix, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(WEB.get("/api/v1/names?prefix=" + asked).json().path("items"))
                .hasSize(due);
    }

    @Test
    void of_two_spellings_the_path_may_have_either() {
        assertThat(WEB.get("/api/v1/names/zo%C3%AB/trend?country=us").json().path("items"))
                .hasSize(4);
    }

    private static List<String> ids(String path) {
        Answer answer = WEB.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }
}
