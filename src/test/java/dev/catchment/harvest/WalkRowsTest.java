package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows of a walk prove, which of them cannot be had, and what is retired for it. */
class WalkRowsTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;
    private static final String BY_NUMBER = """
            page: { by: number, params: { from: page, size: size }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private void assertFailed(Map<String, Object> summary, String cause) {
        assertThat(summary).containsEntry("status", "failed");
        assertThat(String.valueOf(summary.get("error"))).contains(cause);
        assertThat(TestDatabase.rows("select health, health_reason from harvest.sources where name = ?", SOURCE))
                .singleElement()
                .satisfies(source -> {
                    assertThat(source).containsEntry("health", "failing");
                    assertThat((String) source.get("health_reason")).contains(cause);
                });
        assertThat(TestDatabase.number("select count(*) from harvest.datasets where retired_at is not null"))
                .isZero();
    }

    private void assertIncomplete(String reason) {
        assertThat(rig.walk()).containsEntry("is_complete", false);
        assertThat((String) rig.walk().get("reason")).contains(reason);
    }

    // ---- rows and keys ----

    @Test
    void a_key_on_two_pages_with_other_content_is_a_conflict_that_is_named_and_not_complete() {
        List<String> lines = new ArrayList<>(datasets(30));
        lines.set(25, dataset(7, "Another one"));
        rig.standIn(BY_NUMBER).serve(lines);
        assertThat(rig.harvest()).containsEntry("status", "partial");
        assertThat(rig.walk())
                .containsEntry("rows", 30L)
                .containsEntry("keys", 29L)
                .containsEntry("conflicts", 1L);
        assertIncomplete("30 rows came with 29 keys");
        assertThat(TestDatabase.rows("select key, severity from ops.rejects where reason = 'conflicting-duplicate'"))
                .containsExactly(Map.of("key", "d-00007", "severity", "warning"));
    }

    @Test
    void a_key_twice_on_one_page_is_named_and_hides_nothing() {
        List<String> lines = new ArrayList<>(datasets(30));
        lines.set(8, dataset(7, "Another one"));
        rig.standIn(BY_NUMBER).serve(lines);
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "succeeded").containsEntry("added", 29L);
        assertThat((String) summary.get("note")).contains("1 rows came with a key that another row of their page has");
        assertThat(TestDatabase.texts("select key from ops.rejects where reason = 'conflicting-duplicate'"))
                .containsExactly("d-00007");
        assertThat(rig.walk()).containsEntry("is_complete", true);
    }

    @Test
    void a_record_removed_while_it_is_walked_may_hide_another_one() {
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        standIn.serve(datasets(40)).override(request -> {
            if (request.parameter("start").contains("20")) {
                standIn.serve(datasets(40).stream().skip(1).toList());
            }
            return Optional.empty();
        });
        assertThat(rig.harvest()).containsEntry("status", "partial");
        assertIncomplete("40 records were announced at first and 39 in the end");
    }

    @Test
    void a_total_that_more_was_announced_by_than_came_is_not_complete() {
        rig.standIn(BY_OFFSET).serve(datasets(30)).bend((request, answer) -> answer.put("count", 35));
        assertThat(rig.harvest()).containsEntry("status", "partial");
        assertIncomplete("30 rows came and 35 were announced");
    }

    @Test
    void a_record_without_a_key_is_rejected_and_the_walk_complete() {
        List<String> lines = new ArrayList<>(datasets(30));
        lines.set(8, "{\"name\":\"Nobody knows\"}");
        rig.standIn(BY_OFFSET).serve(lines);
        assertThat(rig.harvest())
                .containsEntry("status", "succeeded")
                .containsEntry("added", 29L)
                .containsEntry("rejected", 1L);
        assertThat(rig.walk()).containsEntry("is_complete", true).containsEntry("rows", 30L);
    }

    // ---- records that break pages ----

    @ParameterizedTest
    @ValueSource(strings = {BY_OFFSET, BY_NUMBER})
    void a_record_that_breaks_every_page_is_skipped_and_said(String paging) {
        KindStandIn standIn = rig.standIn(paging);
        standIn.serve(datasets(200)).bend(breakingAt("d-00037"));
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "partial").containsEntry("added", 199L);
        assertThat(rig.walk()).containsEntry("skipped", 1L).containsEntry("rows", 199L);
        assertIncomplete("1 rows could not be had");
        assertThat(rig.held()).hasSize(199).doesNotContain("d-00037");
        // Once the spot is passed, pages are as large as they were.
        String size = paging.equals(BY_OFFSET) ? "rows=10" : "size=10";
        assertThat(rig.asked().stream().filter(question -> question.endsWith(size)))
                .hasSizeGreaterThan(12);
    }

    @Test
    void a_source_of_which_no_page_can_be_had_fails_soon() {
        rig.standIn(BY_OFFSET).serve(datasets(200)).override(request -> Optional.of(Answer.json(500, "{}")));
        assertFailed(rig.harvest(), "HTTP 500");
        assertThat(rig.asked()).hasSizeLessThan(25);
    }

    private static BiConsumer<Request, ObjectNode> breakingAt(String key) {
        return (request, answer) -> {
            ArrayNode items = (ArrayNode) answer.get("items");
            boolean isThere = items.findValuesAsText("id").contains(key);
            if (isThere) {
                answer.remove("items");
            }
        };
    }

    // ---- parents ----

    @Test
    void a_parent_that_vanished_between_two_runs_does_not_keep_the_others_from_being_walked() {
        KindStandIn standIn = rig.standIn("""
                request: { url: "{source.url}/groups/{parent}/datasets" }
                parents: { url: "{source.url}/groups", records: /groups, key: /slug }
                page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
                total: /count
                """);
        Map<String, List<String>> groups =
                Map.of("a", part(1, 10), "b", part(11, 50), "c", part(51, 60), "d", List.of());
        standIn.serve(groups)
                .override(request -> request.path().contains("/b/")
                                && request.parameter("start").contains("20")
                        ? Optional.of(Answer.json(403, "{}"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "failed");
        standIn.serve(Map.of("a", part(1, 10), "c", part(51, 60), "d", List.of()))
                .override(request -> Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "partial");
        assertThat(rig.held()).contains("d-00001", "d-00060");
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
    }

    private static List<String> part(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(HarvestRig::dataset).toList();
    }

    // ---- resumption ----

    @Test
    void a_walk_that_failed_resumes_at_its_page_and_asks_for_none_before() {
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        standIn.serve(datasets(60))
                .override(request -> request.parameter("start").contains("40")
                        ? Optional.of(Answer.json(403, "{}"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "failed").containsEntry("seen", 40L);
        standIn.override(request -> Optional.empty());
        standIn.forget();
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("seen", 20L);
        assertThat(rig.asked().get(0)).contains("start=40");
        assertThat(rig.walk())
                .containsEntry("rows", 60L)
                .containsEntry("keys", 60L)
                .containsEntry("is_complete", true);
    }

    /** What is asked for is another once the source has another id, URL or option, or its kind pages otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"again", "url", "option", "kind"})
    void a_place_in_one_portal_is_none_in_another(String change) {
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        standIn.serve(datasets(60))
                .override(request -> request.parameter("start").contains("40")
                        ? Optional.of(Answer.json(403, "{}"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "failed").containsEntry("seen", 40L);
        standIn.override(request -> Optional.empty());
        switch (change) {
            case "again" -> {
                TestDatabase.execute("update harvest.sources set removed_at = now(), is_active = false");
                TestDatabase.execute("insert into harvest.sources (name, kind, url, host, due_at) "
                        + "select name, kind, url, host, now() from harvest.sources");
            }
            case "url" -> TestDatabase.execute("update harvest.sources set url = '%s'".formatted(rig.url(2)));
            case "option" -> TestDatabase.execute("update harvest.sources set options = '{\"part\": \"2\"}'");
            default -> rig.declare(BY_OFFSET.replace("size: 10", "size: 20"));
        }
        standIn.forget();
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("seen", 60L);
        assertThat(rig.asked().get(0)).contains("start=0");
        assertThat(rig.walk()).containsEntry("rows", 60L).containsEntry("is_complete", true);
    }

    // ---- what goes and comes back ----

    @Test
    void what_two_complete_walks_did_not_see_is_retired_and_what_returns_is_restored() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + "retire: { after: 2, max-percent: 10%, at-least: 5 }\n");
        standIn.serve(datasets(40));
        rig.harvest();
        standIn.serve(datasets(38));
        assertThat(rig.harvest()).containsEntry("retired", 0L);
        assertThat(rig.harvest()).containsEntry("retired", 2L);
        assertThat(rig.held()).hasSize(38);
        standIn.serve(datasets(40));
        assertThat(rig.harvest()).containsEntry("restored", 2L);
        assertThat(TestDatabase.texts("select distinct cause from harvest.versions order by 1"))
                .containsExactlyElementsOf(Stream.of("restored", "retired").toList());
    }

    @Test
    void a_source_that_flaps_retires_nothing_and_is_called_flapping() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + "retire: { after: 2, max-percent: 10%, at-least: 5 }\n");
        for (int walk = 0; walk < 6; walk++) {
            standIn.serve(datasets(walk % 2 == 0 ? 40 : 38));
            assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("retired", 0L);
        }
        standIn.serve(datasets(40));
        rig.harvest();
        assertThat(TestDatabase.text("select health from harvest.sources")).isEqualTo("flapping");
    }

    @Test
    void what_is_still_there_when_it_is_asked_for_stays() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + """
                retire: { after: 1, max-percent: 10%, at-least: 5 }
                gone: { url: "{source.url}/one?id={key}", status: [404] }
                """);
        standIn.serve(datasets(40));
        rig.harvest();
        standIn.serve(datasets(38))
                .override(request -> request.parameter("id").contains("d-00039")
                        ? Optional.of(Answer.json(200, "{}"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("retired", 1L);
        assertThat(rig.held()).contains("d-00039").doesNotContain("d-00040");
    }

    @Test
    void a_source_that_calls_gone_what_it_lists_proves_nothing_and_a_person_decides() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + """
                retire: { after: 1, max-percent: 10%, at-least: 5 }
                gone: { url: "{source.url}/one?id={key}", status: [403, 404] }
                """);
        standIn.serve(datasets(40));
        rig.harvest();
        standIn.serve(datasets(38))
                .override(request ->
                        request.query().contains("id=") ? Optional.of(Answer.json(403, "{}")) : Optional.empty());
        assertThat(rig.harvest())
                .containsEntry("status", "succeeded")
                .containsEntry("retired", 0L)
                .extractingByKey("note")
                .asString()
                .contains(
                        "2 records were not retired",
                        "the source answers for d-00001, which the walk saw, as if it were gone");
        assertThat(TestDatabase.texts(
                        "select reason || ' ' || keys::text from harvest.retirements where decision is null"))
                .singleElement()
                .asString()
                .contains("2 of 40 datasets are missing, and it could not be proven", "{d-00039,d-00040}");
        standIn.serve(datasets(40));
        rig.harvest();
        assertThat(TestDatabase.texts("select decision from harvest.retirements"))
                .containsExactly("superseded");
    }

    @Test
    void a_landing_page_that_other_datasets_share_says_nothing_of_one() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + """
                retire: { after: 1, max-percent: 10%, at-least: 5 }
                gone: { landing: /page }
                """);
        rig.declare("made-up", HarvestRig.listed(BY_OFFSET + """
                retire: { after: 1, max-percent: 10%, at-least: 5 }
                gone: { landing: /page }
                """), """
                select raw ->> 'name' as title, harvest.moment(raw ->> 'changed') as modified_at,
                  raw ->> 'page' as landing_page
                """);
        List<String> paged = new ArrayList<>();
        for (String dataset : datasets(40)) {
            // The last two have a page that both share with the first, the one before a page of its own; both pages are
            // there.
            String page = dataset.matches(".*d-000(01|39|40).*") ? "all" : dataset.substring(7, 14);
            paged.add(dataset.replace("\"name\"", "\"page\":\"%s/list?page=%s\",\"name\"".formatted(rig.url(1), page)));
        }
        standIn.serve(paged);
        rig.harvest();
        standIn.serve(paged.subList(0, 37));
        assertThat(rig.harvest()).containsEntry("retired", 2L);
        assertThat(rig.held()).contains("d-00038").doesNotContain("d-00039", "d-00040");
    }
}
