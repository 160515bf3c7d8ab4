package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of each reason so many rejects are kept, whichever statement writes them: a bad source does not fill the disk. */
class RejectLimitTest {
    @BeforeEach
    void empty() {
        TestDatabase.empty();
        run(1, "null");
    }

    private static void run(int id, String resumes) {
        execute("update ops.runs set status = 'stopped', finished_at = heartbeat_at");
        execute(
                "insert into ops.runs (id, room, flow, scope, trigger, mode, node, resumes, begun_at, started_at, heartbeat_at)"
                        + " overriding system value values (" + id + ", 'catalog', 'crawl', 'us', 'test', 'full', 'n', "
                        + resumes
                        + ", now(), now(), now())");
    }

    private static String rejects(String place, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i ->
                        "{\"position\":\"%s %d\",\"key\":\"k%d\",\"reason\":\"%s\",\"message\":\"m\",\"record\":\"r%d\"}"
                                .formatted(place, i, i, i % 100 == 0 ? "no-id" : "no-name", i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Map<String, Object> page(int run, int sequence, String rejects, int records) {
        Map<String, Object> values = new HashMap<>(Map.of("run", run, "scope", "us", "skipped", 0));
        values.put("records", "[]".getBytes(StandardCharsets.UTF_8));
        values.put("raws", new byte[0]);
        values.put("rejects", rejects);
        values.put(
                "request",
                ("{\"sequence\":%d,\"requested_at\":\"2025-01-01T00:00:00Z\",\"url\":\"u\",\"status\":200,\"attempts\":1,"
                                + "\"milliseconds\":1,\"bytes\":7,\"records\":%d}")
                        .formatted(sequence, records));
        return TestDatabase.get().rows("catalog/upsert-page", values).get(0);
    }

    @Test
    void pages_of_bad_records_keep_the_first_thousand_of_each_reason_and_count_them_all() {
        assertThat(page(1, 1, rejects("page 1, record", 1, 900), 900)).containsEntry("unlisted", 0L);
        assertThat(page(1, 2, rejects("page 2, record", 1, 900), 900)).containsEntry("unlisted", 782L);
        assertThat(texts("select reason || ' ' || count(*) from ops.rejects group by reason order by 1"))
                .containsExactly("no-id 18", "no-name 1000");
        assertThat(texts("select concat_ws(' ', seen, rejected, bytes) from ops.runs"))
                .containsExactly("1800 1800 14");
        execute("update ops.runs set status = 'succeeded', is_complete = true, finished_at = heartbeat_at");
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of()))
                .noneMatch(row -> "rejects are missing".equals(row.get("difference")));
        execute("delete from ops.rejects where reason = 'no-name' and key = 'k1'");
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of()))
                .anyMatch(row -> "rejects are missing".equals(row.get("difference")));
    }

    @Test
    void a_run_that_resumes_another_keeps_no_more_than_both_together_may_and_none_twice() {
        page(1, 1, rejects("line", 1, 900), 900);
        run(2, "1");
        assertThat(page(2, 1, rejects("line", 891, 900), 10)).containsEntry("unlisted", 0L);
        assertThat(number("select count(*) from ops.rejects")).isEqualTo(900);
        page(2, 2, rejects("line", 901, 1900), 1000);
        assertThat(texts("select reason || ' ' || count(*) from ops.rejects group by reason order by 1"))
                .containsExactly("no-id 19", "no-name 1000");
        run(3, "null");
        page(3, 1, rejects("line", 1, 10), 10);
        assertThat(number("select count(*) from ops.rejects where run_id = 3"))
                .as("a run of its own")
                .isEqualTo(10);
    }

    @Test
    void what_is_counted_only_is_not_lost() {
        page(1, 1, rejects("page 1, record", 1, 1500), 1500);
        execute("update ops.runs set status = 'succeeded', is_complete = true, finished_at = heartbeat_at");
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_page_beyond_the_cursor_that_comes_again_is_rejected_once_and_not_lost() {
        page(1, 2, rejects("page 2, record", 1, 10), 10);
        run(2, "1");
        page(2, 1, "[]", 0);
        page(2, 2, rejects("page 2, record", 1, 10), 10);
        assertThat(number("select count(*) from ops.rejects")).isEqualTo(10);
        execute(
                "update ops.runs set status = 'succeeded', is_complete = true, finished_at = heartbeat_at where id = 2");
        assertThat(differences()).isEmpty();
        execute("delete from ops.rejects where key = 'k3'");
        assertThat(differences())
                .containsExactlyInAnyOrder("rejects are missing", "rejects are missing", "seen but not held");
    }

    private static List<Object> differences() {
        return TestDatabase.get().rows("catalog/verify-catalog", Map.of()).stream()
                .map(row -> row.get("difference"))
                .toList();
    }

    @Test
    void rows_of_a_file_of_names_are_kept_up_to_the_same_limit() {
        Map<String, Object> none = Map.of("years", "", "genders", "", "counts", "", "spellings", "", "keys", "");
        Map<String, Object> values = new HashMap<>(none);
        values.putAll(Map.of(
                "run", 1, "dataset", "00000000-0000-0000-0000-000000000000", "rejects", rejects("line", 1, 1500)));
        execute("create table names.staging_00000000000000000000000000000000 (like names.names)");
        try {
            assertThat(TestDatabase.get().rows("names/insert-figures", values).get(0))
                    .containsEntry("rejected", 1500)
                    .containsEntry("unlisted", 485L);
        } finally {
            execute("drop table names.staging_00000000000000000000000000000000");
        }
    }
}
