package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.SOURCE;
import static dev.catchment.support.HarvestRig.dataset;
import static dev.catchment.support.HarvestRig.datasets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What portals do to those who walk them: each ends in a walk that says so, and none retires anything wrongly. */
class WalkTrapsTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;
    private static final String BY_LINK =
            "page: { by: link, params: { size: size }, size: 10, next: /links/next, end: [no-next] }\n";
    private static final String BY_WINDOW = """
            page:
              by: offset
              params: { from: start, size: rows }
              size: 10
              window: 20
              beyond:
                order: { sort: newest }
                query: { filter: "modified <= {bound}" }
                bound: /stamp
                nulls: { filter: modified is null }
              end: [empty-page, total]
            request: { url: "{source.url}/list", query: { sort: newest } }
            total: /count
            total-clamped: 20
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

    // ---- answers that are none ----

    @Test
    void an_error_in_a_200_fails_the_source_with_what_it_says() {
        rig.standIn(BY_OFFSET + "check: { /success: true }\nerror-message: /error/message\n")
                .serve(datasets(30))
                .bend((request, answer) -> {
                    answer.put("success", false);
                    answer.putObject("error").put("message", "The index is being rebuilt.");
                });
        assertFailed(rig.harvest(), "The index is being rebuilt.");
    }

    @Test
    void html_where_json_is_due_fails_the_source() {
        rig.standIn(BY_OFFSET)
                .serve(datasets(30))
                .override(request -> Optional.of(Answer.html(200, "Please stand by")));
        assertFailed(rig.harvest(), "Please stand by");
    }

    @Test
    void an_empty_answer_fails_the_source() {
        rig.standIn(BY_OFFSET).serve(datasets(30)).override(request -> Optional.of(Answer.json(200, "")));
        assertFailed(rig.harvest(), "not a page of results");
    }

    @Test
    void a_document_that_is_html_is_asked_for_no_more_often_than_any_other_request() {
        rig.standIn("page: { by: single, end: [end-of-document] }\n")
                .serve(datasets(3))
                .override(request -> Optional.of(Answer.html(200, "Please stand by")));
        assertFailed(rig.harvest(), "Please stand by");
        assertThat(rig.asked()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BROKEN", "UNAVAILABLE", "TRUNCATED", "HTML", "DROPPED", "EMPTY", "THROTTLED"},
            mode = EnumSource.Mode.INCLUDE)
    void a_fault_that_passes_costs_nothing(Fault fault) {
        rig.standIn(BY_OFFSET).serve(datasets(30)).next(Fault.NONE, fault);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
    }

    @Test
    void answers_that_are_cut_off_when_they_are_large_make_the_pages_smaller() {
        rig.standIn(BY_OFFSET)
                .serve(datasets(47))
                .override(request -> Integer.parseInt(request.parameter("rows").get(0)) > 4
                        ? Optional.of(Answer.json(200, "{\"count\":47,\"items\":[{\"id\":"))
                        : Optional.empty());
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 47L);
        assertThat((Long) rig.walk().get("shrunk")).isGreaterThanOrEqualTo(2);
    }

    /** Twice, for two complete walks that do not see a record retire it. */
    @Test
    void a_source_that_shows_nothing_is_not_complete_and_nothing_of_it_is_missed() {
        KindStandIn portal = rig.standIn(BY_OFFSET).serve(datasets(12));
        rig.harvest();
        portal.serve(List.of());
        for (int walk = 0; walk < 2; walk++) {
            assertThat(rig.harvest()).containsEntry("status", "partial").containsEntry("retired", 0L);
            assertIncomplete("the source shows nothing, and 12 datasets are held of it");
        }
        assertThat(rig.held()).hasSize(12);
        assertThat(TestDatabase.number("select max(missed) from harvest.records"))
                .isZero();
        assertThat(TestDatabase.text("select health from harvest.sources where name = ?", SOURCE))
                .isEqualTo("partial");
    }

    @Test
    void a_source_that_never_had_anything_is_complete_when_it_shows_nothing() {
        rig.standIn(BY_OFFSET).serve(List.of());
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
        assertThat(rig.walk()).containsEntry("is_complete", true).containsEntry("rows", 0L);
    }

    @Test
    void pages_that_are_too_large_are_asked_for_with_fewer_records() {
        rig.set("http.max-response", "1kB");
        rig.standIn(BY_OFFSET.replace("size: 10,", "size: 10, smallest: 2,")).serve(datasets(30));
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("seen", 30L);
        assertThat(rig.asked().get(0)).contains("rows=10");
        assertThat(rig.asked().get(1)).contains("start=0").contains("rows=5");
        assertThat(rig.walk()).containsEntry("is_complete", true).containsEntry("rows", 30L);
    }

    // ---- ways that lead elsewhere ----

    @Test
    void a_next_page_on_another_path_is_not_followed() {
        rig.standIn(BY_LINK)
                .serve(datasets(30))
                .bend((request, answer) -> answer.putObject("links").put("next", rig.url(1) + "/repositories?page=2"));
        assertFailed(rig.harvest(), "following it would leave the collection");
        assertThat(rig.asked()).hasSize(1);
    }

    @Test
    void a_next_page_on_another_host_is_not_followed_even_if_other_paths_are() {
        rig.standIn(BY_LINK.replace("end:", "next-may-lead: same-origin, end:"))
                .serve(datasets(30))
                .bend((request, answer) -> answer.putObject("links").put("next", rig.url(2) + "/list?after=~10"));
        assertFailed(rig.harvest(), "which is not the same host");
    }

    @Test
    void links_in_a_circle_end_the_walk() {
        rig.standIn(BY_LINK)
                .serve(datasets(30))
                .bend((request, answer) -> answer.putObject("links").put("next", rig.url(1) + "/list?size=10"));
        assertFailed(rig.harvest(), "leads in a circle");
    }

    @Test
    void empty_pages_that_name_a_next_one_are_no_end() {
        rig.standIn(BY_LINK).serve(datasets(50)).bend((request, answer) -> {
            if (!answer.path("items").toString().matches(".*d-000(01|50).*")) {
                answer.putArray("items");
            }
        });
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 20L);
        assertThat(rig.held()).contains("d-00001", "d-00050");
    }

    @Test
    void empty_pages_that_name_a_next_cursor_are_no_end_either() {
        rig.standIn(
                        "page: { by: cursor, params: { from: cursor, size: size }, size: 10, next: /next, end: [no-next] }\n")
                .serve(datasets(50))
                .bend((request, answer) -> {
                    if (!answer.path("items").toString().matches(".*d-000(01|50).*")) {
                        answer.putArray("items");
                    }
                });
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
        assertThat(rig.held()).contains("d-00001", "d-00050");
    }

    @Test
    void a_page_whose_size_the_source_decides_is_neither_halved_nor_left_out() {
        KindStandIn standIn =
                rig.standIn("page: { by: number, params: { from: page }, size: 10, end: [empty-page] }\n");
        standIn.serve(datasets(30)).next(Fault.NONE, Fault.EMPTY_PAGE);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
        standIn.override(request ->
                request.parameter("page").contains("2") ? Optional.of(Answer.json(500, "{}")) : Optional.empty());
        assertThat(rig.harvest("made-up", true))
                .containsEntry("status", "partial")
                .containsEntry("seen", 20L);
        assertIncomplete("10 rows could not be had");
    }

    @Test
    void empty_pages_that_name_a_next_one_for_ever_end_the_walk() {
        AtomicInteger place = new AtomicInteger();
        rig.standIn(BY_LINK).serve(datasets(30)).bend((request, answer) -> {
            answer.putArray("items");
            answer.putObject("links").put("next", rig.url(1) + "/list?after=~10&again=" + place.incrementAndGet());
        });
        assertFailed(rig.harvest(), "the source does not say where it ends");
    }

    @Test
    void the_same_page_again_fails_a_source_that_ignores_the_offset() {
        rig.standIn(BY_OFFSET)
                .serve(datasets(30))
                .next(Fault.NONE, Fault.NOT_ADVANCING, Fault.NOT_ADVANCING, Fault.NOT_ADVANCING);
        assertFailed(rig.harvest(), "ignores the parameter start");
    }

    @Test
    void an_empty_page_in_the_middle_is_no_end() {
        rig.standIn(BY_OFFSET).serve(datasets(30)).next(Fault.NONE, Fault.EMPTY_PAGE);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
    }

    @Test
    void a_next_record_that_is_always_0_is_no_end_before_the_count_is_reached() {
        rig.standIn("""
                page: { by: offset, first: 1, params: { from: start, size: rows }, size: 10, next: /nextRecord, end: [no-next, total] }
                total: /matched
                """).serve(datasets(30)).bend((request, answer) -> answer.put("nextRecord", 0));
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
    }

    @Test
    void a_source_that_serves_the_global_index_is_refused() {
        rig.standIn(BY_OFFSET + "refuse: [ { total-above: 1000, because: it serves the index of all sites } ]\n")
                .serve(datasets(30))
                .bend((request, answer) -> answer.put("count", 420_000));
        assertFailed(rig.harvest(), "it serves the index of all sites");
        assertThat(rig.held()).isEmpty();
    }

    @Test
    void it_is_refused_where_its_total_is_clamped_too() {
        rig.standIn(BY_OFFSET + "total-clamped: 10\n"
                        + "refuse: [ { total-above: 40, because: it serves the index of all sites } ]\n")
                .serve(datasets(60))
                .bend((request, answer) -> answer.put("count", 10));
        assertFailed(rig.harvest(), "it has 50 records or more, and it serves the index of all sites");
    }

    // ---- how deep it goes ----

    @Test
    void a_total_of_millions_behind_a_window_is_not_called_complete() {
        rig.standIn("""
                page: { by: number, params: { from: page, size: size }, size: 10, window: 20, end: [empty-page, total] }
                total: /count
                """).serve(datasets(50)).bend((request, answer) -> answer.put("count", 3_000_000));
        assertThat(rig.harvest()).containsEntry("status", "partial").containsEntry("added", 20L);
        assertIncomplete("the source shows no more than 20 records");
    }

    @Test
    void beyond_the_window_it_goes_on_by_key_though_many_records_share_a_bound() {
        List<String> lines = new ArrayList<>();
        // Thirty share one moment, which lies across the window and is more than a page and a half.
        IntStream.rangeClosed(1, 60)
                .forEach(number -> lines.add(stamped(number, number > 50 ? 9 : number > 20 ? 5 : 1)));
        rig.standIn(BY_WINDOW).serve(lines);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 60L);
        assertThat(rig.walk())
                .containsEntry("rows", 60L)
                .containsEntry("duplicates", 0L)
                .containsEntry("is_complete", true);
    }

    @Test
    void records_without_a_bound_are_swept_up_in_the_end() {
        List<String> lines = new ArrayList<>();
        IntStream.rangeClosed(1, 45).forEach(number -> lines.add(stamped(number, number)));
        IntStream.rangeClosed(46, 60).forEach(number -> lines.add(dataset(number)));
        rig.standIn(BY_WINDOW).serve(lines);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 60L);
        assertThat(rig.walk()).containsEntry("is_complete", true).containsEntry("duplicates", 0L);
    }

    private static String stamped(int number, int stamp) {
        return dataset(number).replace("{\"id\"", "{\"stamp\":" + stamp + ",\"id\"");
    }
}
