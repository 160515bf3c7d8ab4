package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.held;
import static dev.catchment.support.IndexFiles.source;
import static dev.catchment.support.IndexFiles.versions;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Counts;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTwiceTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @Test
    void a_second_seed_writes_no_row_anew_and_next_to_no_wal() {
        List<String> lines = new ArrayList<>(IndexFiles.assets(2000));
        lines.add(source("data0.example.gov", "Zero"));
        lines.add(asset("zzzz-2222", "the city"));
        lines.add(source("the city", "City"));
        Path file = RIG.lines("index.ndjson", lines);
        RIG.service();
        TestDatabase.execute("checkpoint"); // whole pages go to the log after one: both seeds begin with that
        long first = walBytes(() -> RIG.seed(file));
        List<String> before = versions();
        assertThat(before).hasSize(2001 + 4);
        TestDatabase.execute("checkpoint");
        long second = walBytes(
                () -> assertThat(Counts.of(RIG.seedAgain(file))).isEqualTo("succeeded: seen 2003, unchanged 2003"));
        assertThat(versions()).isEqualTo(before);
        assertThat(second).as("WAL bytes, of %d the first time", first).isLessThan(first / 5);
    }

    private static long walBytes(Runnable work) {
        String before = text("select pg_current_wal_insert_lsn()");
        work.run();
        return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), ?::pg_lsn)::bigint", before);
    }

    @Test
    void other_spaces_and_another_order_of_members_change_nothing() {
        String one = asset("aaaa-2222", "a.gov", "A", "\"2026-01-02\"");
        RIG.seed(RIG.lines("one.ndjson", List.of(one)));
        List<String> before = versions();
        String other = "[ {\"updated_at\" : \"2026-01-02\",\n\"name\":\"A\", \"source_key\":\"a.gov\", "
                + "\"asset_key\":\"\\u0061aaa-2222\", \"type\":\"asset\"} ]";
        assertThat(Counts.of(RIG.seed(RIG.file("two.json", other)))).isEqualTo("succeeded: seen 1, unchanged 1");
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void the_same_content_under_another_name_is_known_and_skipped_unless_forced() {
        Path first = RIG.lines("one.ndjson", IndexFiles.assets(3));
        Path second = RIG.lines("two.ndjson", IndexFiles.assets(3));
        RIG.seed(first);
        Map<String, Object> known = RIG.seed(second);
        assertThat(Counts.of(known)).isEqualTo("succeeded: ");
        assertThat(known).containsEntry("mode", "known").containsEntry("run", 1L);
        assertThat((String) known.get("note"))
                .startsWith("two.ndjson was seeded before, at ")
                .contains(" as one.ndjson;");
        assertThat(number("select count(*) from ops.runs")).isEqualTo(1);
        assertThat(Counts.of(RIG.seedAgain(second))).isEqualTo("succeeded: seen 3, unchanged 3");
        assertThat(texts("select name || run_id from registry.files")).containsExactly("two.ndjson2");
    }

    @Test
    void of_a_key_that_comes_twice_in_a_batch_the_later_stays_however_often_it_is_seeded() {
        Path file = RIG.lines(
                "index.ndjson",
                List.of(
                        asset("aaaa-2222", "a.gov", "early", "1"),
                        asset("aaaa-2222", "a.gov", "late", "2"),
                        source("b.gov", "early"),
                        source("b.gov", "late"),
                        source("b.gov", "late")));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 2, added 2, skipped 3");
        List<String> before = held();
        assertThat(before).anyMatch(row -> row.contains("|late|")).noneMatch(row -> row.contains("early"));
        assertThat(Counts.of(RIG.seedAgain(file))).isEqualTo("succeeded: seen 2, unchanged 2, skipped 3");
        assertThat(Counts.of(RIG.seedAgain(file))).isEqualTo("succeeded: seen 2, unchanged 2, skipped 3");
        assertThat(held()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"updated_at\":\"2026-01-02\"'                    | 2026-01-02 00:00:00",
                "'\"updatedAt\":\"2026-01-02T03:04:05Z\"'           | 2026-01-02 03:04:05",
                "'\"modified\":\"2026-01-02T03:04:05.678+05:45\"'   | 2026-01-01 21:19:05.678",
                "'\"modified\":\"2026-01-02T03:04:05-0800\"'        | 2026-01-02 11:04:05",
                "'\"modified\":\"2026-01-02 03:04:05+02\"'          | 2026-01-02 01:04:05",
                "'\"updated_at\":\"2026-01-02T03:04:05\"'           | 2026-01-02 03:04:05",
                "'\"updated_at\":\" 2026-01-02 03:04 \"'            | 2026-01-02 03:04:00",
                "'\"updatedAt\":1767323045'                         | 2026-01-02 03:04:05",
                "'\"updated_at\":1767323045678'                     | 2026-01-02 03:04:05.678",
                "'\"modified\":\"1767323045\"'                      | 2026-01-02 03:04:05",
                "'\"modified\":\"1767323045678\"'                   | 2026-01-02 03:04:05.678",
                "'\"modified\":1.767323045e9'                       | 2026-01-02 03:04:05",
                "'\"modified\":1.7673e9'                            | 2026-01-01 20:40:00",
                "'\"modified\":1767323045.5'                        | 2026-01-02 03:04:05.5",
                "'\"modified\":0'                                   | 1970-01-01 00:00:00",
                "'\"modified\":\"2024-02-29\"'                      | 2024-02-29 00:00:00",
                "'\"updated_at\":null,\"modified\":\"2026-01-02\"'  | 2026-01-02 00:00:00",
                "'\"updated_at\":\"\"'                              | -"
            })
    void every_form_of_a_date_is_the_same_moment_in_any_zone(String member, String moment) {
        RIG.seed(RIG.file("index.json", "[{\"asset_key\":\"a\",\"source_key\":\"a.gov\"," + member + "}]"));
        assertThat(texts("select coalesce((updated_at at time zone 'UTC')::text, '-') from registry.assets"))
                .containsExactly(moment);
    }

    @Test
    void the_greatest_updated_at_stays() {
        for (String updated : List.of("\"2026-01-02\"", "\"2026-03-04\"", "\"2025-05-06\"", "null")) {
            RIG.seed(RIG.lines(
                    "index.ndjson", List.of(asset("aaaa-2222", "a.gov", "named " + updated.length(), updated))));
        }
        assertThat(text("select updated_at::timestamptz at time zone 'UTC' || name from registry.assets"))
                .isEqualTo("2026-03-04 00:00:00named 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void the_greatest_updated_at_stays_in_one_file_too_whatever_the_batches(int batch) {
        RIG.set("registry.batch-size", String.valueOf(batch));
        String old = asset("aaaa-2222", "a.gov", "old", "\"2025-05-06\"");
        RIG.seed(RIG.lines("held.ndjson", List.of(old)));
        RIG.seed(RIG.lines(
                "index.ndjson",
                List.of(
                        asset("aaaa-2222", "a.gov", "new", "\"2026-03-04\""),
                        old,
                        asset("bbbb-2222", "a.gov", "new", "\"2026-03-04T00:00:00.5Z\""),
                        asset("bbbb-2222", "a.gov", "old", "\"2026-03-04\""),
                        asset("bbbb-2222", "a.gov", "old", "null"))));
        assertThat(
                        texts(
                                "select name || ' ' || (updated_at at time zone 'UTC') from registry.assets order by asset_key"))
                .containsExactly("old 2026-03-04 00:00:00", "old 2026-03-04 00:00:00.5");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30", "tomorrow", "2026-13-01", "02/01/2026", "2026-01-02T25:00Z", "99999999999999999", "true"})
    void a_date_that_is_none_rejects_its_record(String bad) {
        RIG.seed(RIG.lines(
                "index.ndjson", List.of(asset("aaaa-2222", "a.gov", "A", "\"" + bad + "\""), source("b.gov", "B"))));
        assertThat(texts("select reason from ops.rejects")).containsExactly("bad-date");
    }
}
