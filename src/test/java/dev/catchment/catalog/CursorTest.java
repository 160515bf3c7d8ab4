package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.execute;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.postgres.Database;
import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writers commit side by side: whoever is first, the cursor never passes a page that is missing. */
class CursorTest {
    private Database database;

    @BeforeEach
    void openARun() {
        database = TestDatabase.empty();
        open();
    }

    @Test
    void a_page_committed_before_the_one_ahead_of_it_does_not_move_the_cursor_past_the_gap() {
        commit(1, "2222-2223");
        commit(3, "2222-2225");
        assertThat(cursor()).isEqualTo("1 2222-2223");
        commit(2, "2222-2224");
        assertThat(cursor()).isEqualTo("3 2222-2225");
    }

    @Test
    void a_first_page_that_is_missing_leaves_the_cursor_where_the_run_began() {
        commit(2, "2222-2224");
        commit(3, "2222-2225");
        assertThat(cursor()).isEqualTo("0 -");
        assertThat(open().get("cursor")).isNull();
    }

    @Test
    void the_next_run_goes_on_below_the_gap() {
        commit(1, "2222-2223");
        commit(3, "2222-2225");
        Map<String, Object> next = open();
        assertThat(next).containsEntry("cursor", "2222-2223").containsEntry("resumes", 1L);
        assertThat(text("select status from ops.runs where id = 1")).isEqualTo("abandoned");
    }

    @Test
    void the_next_run_goes_on_after_pages_whose_writers_did_not_see_each_other() {
        commit(1, "2222-2223");
        commit(2, "2222-2224");
        execute("update ops.runs set cursor = '2222-2223', cursor_sequence = 1"); // as the second writer's snapshot had
        // it
        assertThat(open()).containsEntry("cursor", "2222-2224");
    }

    @Test
    void an_empty_last_page_and_a_page_of_bad_ids_move_no_cursor() {
        commit(1, "2222-2223");
        commit(2, null);
        assertThat(cursor()).isEqualTo("1 2222-2223");
        commit(3, "2222-2225");
        assertThat(cursor()).isEqualTo("3 2222-2225");
    }

    @Test
    void a_page_of_a_run_that_another_process_took_for_dead_is_not_written() {
        open();
        assertThat(commit(1, "2222-2223")).isNull();
        assertThat(text("select count(*) from ops.requests")).isEqualTo("0");
    }

    /** Opens a run as a crawl does, which abandons the one before. */
    private Map<String, Object> open() {
        return database.rows(
                        "ops/open-run",
                        WalkOrder.whole("catalog", "crawl", "us", "test")
                                .run()
                                .parameters("node:1", "node:1/1-1", null))
                .get(0);
    }

    private Map<String, Object> commit(int sequence, String lastKey) {
        String key = lastKey == null ? "null" : "\"" + lastKey + "\"";
        Map<String, Object> values = new HashMap<>(
                Map.of("run", 1L, "scope", "us", "records", "[]", "raws", "", "rejects", "[]", "skipped", 0));
        values.put(
                "request",
                ("{\"sequence\":%d,\"requested_at\":\"2025-01-01T00:00:00Z\",\"url\":\"u\",\"status\":200,\"attempts\":1,"
                                + "\"milliseconds\":1,\"bytes\":1,\"first_key\":%s,\"last_key\":%s,\"cursor_key\":%s,\"records\":1}")
                        .formatted(sequence, key, key, key));
        var rows = database.rows("catalog/upsert-page", values);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static String cursor() {
        return text("select cursor_sequence || ' ' || coalesce(cursor, '-') from ops.runs where id = 1");
    }
}
