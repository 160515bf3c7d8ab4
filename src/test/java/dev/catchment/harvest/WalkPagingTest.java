package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.HarvestRig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source is walked to its end however it pages, each record once. */
class WalkPagingTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    @ParameterizedTest
    @ValueSource(
            strings = {
                BY_OFFSET,
                """
                page: { by: offset, first: 1, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
                total: /count
                """,
                """
                page: { by: offset, first: 1, params: { from: start, size: rows }, size: 10, next: /next, end: [no-next, total] }
                total: /count
                """,
                """
                page: { by: number, params: { from: "page[number]", size: "page[size]" }, size: 10, end: [empty-page, total] }
                total: /meta/count
                """,
                """
                page: { by: number, first: 0, params: { from: page, size: size }, size: 10, next: /next, end: [no-next] }
                """,
                """
                page: { by: cursor, params: { from: cursor, size: size }, first: "*", size: 10, next: /next, end: [no-next] }
                """,
                """
                page: { by: cursor, params: { from: cursor, size: size }, size: 10, next: /meta/next, end: [no-next, total] }
                total: /meta/count
                """,
                """
                page: { by: link, params: { size: size }, size: 10, next: /links/next, end: [no-next] }
                """,
                """
                page: { by: link, params: { size: size }, size: 10, next: "header:Link", end: [no-next] }
                """,
                """
                page: { by: scroll, params: { from: after, size: size }, size: 10, end: [empty-page, total] }
                total: /count
                """,
                """
                page:
                  by: keyset
                  window: 1000000
                  params: { from: skip, size: size }
                  size: 10
                  beyond: { order: { sort: newest }, query: { until: "{bound}" }, bound: /changed }
                  end: [empty-page, total]
                total: /count
                """,
                "page: { by: single, end: [end-of-document] }\n"
            })
    void every_way_of_paging_comes_to_the_end_with_each_record_once(String paging) {
        rig.standIn(paging).serve(HarvestRig.datasets(47));
        Map<String, Object> summary = rig.harvest();
        assertThat(summary).containsEntry("status", "succeeded").containsEntry("added", 47L);
        assertThat(rig.walk())
                .containsEntry("rows", 47L)
                .containsEntry("keys", 47L)
                .containsEntry("duplicates", 0L)
                .containsEntry("is_complete", true);
        assertThat(rig.held()).hasSize(47);
        assertThat(rig.harvest()).containsEntry("unchanged", 47L).containsEntry("added", 0L);
    }

    @Test
    void a_source_that_gives_fewer_than_asked_is_walked_on_by_what_came() {
        KindStandIn standIn = rig.standIn(BY_OFFSET);
        standIn.serve(HarvestRig.datasets(47)).cap(7);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 47L);
    }

    @Test
    void pages_by_number_of_a_source_that_gives_fewer_than_asked_leave_nothing_out() {
        rig.standIn("""
                page: { by: number, params: { from: page, size: size }, size: 10, end: [empty-page, total] }
                total: /count
                """).serve(HarvestRig.datasets(47)).cap(7);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 47L);
    }

    /** Of 25 groups, ten on a page, the next of which is led to in every way at once. */
    private static Optional<Answer> groups(Request request) {
        if (!request.path().endsWith("/groups")) {
            return Optional.empty();
        }
        int from = request.query().matches(".*from=\\d+.*")
                ? Integer.parseInt(request.query().replaceAll(".*from=(\\d+).*", "$1"))
                : 0;
        int to = Math.min(25, from + 10);
        String keys = IntStream.range(Math.min(from, 25), to)
                .mapToObj(i -> "\"g-%02d\"".formatted(i))
                .collect(Collectors.joining(","));
        String next = to == 25 ? "null" : "\"" + to + "\"";
        String link = "http://%s%s?from=%d".formatted(request.headers().get("Host"), request.path(), to);
        Map<String, String> headers = to == 25
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Link", "<" + link + ">; rel=\"next\"");
        return Optional.of(new Answer(
                200,
                headers,
                "{\"groups\":[%s],\"n\":25,\"after\":%s}".formatted(keys, next).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ by: offset, params: { from: from }, size: 10, end: [empty-page] }",
                "{ by: offset, params: { from: from }, size: 10, end: [total] }",
                "{ by: cursor, params: { from: from }, next: /after, end: [no-next] }",
                "{ by: link, next: \"header:Link\", end: [no-next] }"
            })
    void the_list_of_parents_is_paged_as_any_list_is(String paging) {
        KindStandIn standIn = rig.standIn("""
                request: { url: "{source.url}/groups/{parent}/datasets" }
                parents: { url: "{source.url}/groups", records: /groups, key: "", total: /n, page: %s }
                page: { by: cursor, params: { from: cursor, size: size }, size: 10, next: /next, end: [no-next] }
                """.formatted(paging));
        Map<String, List<String>> records = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            records.put("g-%02d".formatted(i), List.of(HarvestRig.dataset(i)));
        }
        standIn.serve(records).override(WalkPagingTest::groups);
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 25L);
        assertThat(rig.walk()).containsEntry("is_complete", true);
        assertThat(rig.asked().stream().filter(asked -> asked.contains("/groups?") || asked.endsWith("/groups")))
                .hasSizeBetween(3, 5);
    }

    @Test
    void each_parent_is_walked_and_an_empty_one_too() {
        rig.standIn("""
                request: { url: "{source.url}/groups/{parent}/datasets" }
                parents: { url: "{source.url}/groups", records: /groups, key: /slug }
                page: { by: cursor, params: { from: cursor, size: size }, size: 10, next: /next, end: [no-next] }
                """)
                .serve(Map.of(
                        "air", HarvestRig.datasets(23),
                        "none", List.of(),
                        "water", List.of(HarvestRig.dataset(31), HarvestRig.dataset(32))));
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 25L);
        assertThat(rig.walk()).containsEntry("is_complete", true);
    }
}
