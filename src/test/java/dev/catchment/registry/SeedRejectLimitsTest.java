package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.held;
import static dev.catchment.support.IndexFiles.source;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Counts;
import dev.catchment.support.SeedRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedRejectLimitsTest {
    private static final String ONE = asset("aaaa-2222", "a.example.gov");
    private static final String THREE = asset("cccc-2222", "c.example.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @Test
    void an_asset_whose_source_comes_later_in_the_file_is_stored() {
        RIG.set("registry.batch-size", "1");
        Path file = RIG.lines(
                "index.ndjson",
                List.of(
                        asset("bbbb-2222", "the city"),
                        ONE,
                        asset("dddd-2222", "nowhere"),
                        source("the city", "City")));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 4, added 3, rejected 1");
        assertThat(held()).anyMatch(row -> row.startsWith("asset|bbbb-2222|the city|"));
        assertThat(text("select reason || position || key from ops.rejects")).isEqualTo("no-sourceline 3dddd-2222");
        assertThat(number("select count(*) from registry.orphans")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 4", "1, 4", "500, 2"})
    void an_asset_that_can_be_used_is_not_lost_to_a_later_one_of_its_key_that_cannot(int batch, int writers) {
        RIG.set("registry.batch-size", String.valueOf(batch)).set("registry.concurrency", String.valueOf(writers));
        Path file = RIG.lines(
                "index.ndjson",
                List.of(
                        asset("aaaa-2222", "a.gov", "used", "\"2026-01-02\""),
                        asset("aaaa-2222", "nowhere", "lost", "\"2027-01-02\""),
                        asset("bbbb-2222", "the city", "used", "\"2027-01-02\""),
                        asset("bbbb-2222", "the city", "used again", "\"2026-01-02\""),
                        asset("bbbb-2222", "nowhere", "lost", "\"2028-01-02\""),
                        asset("bbbb-2222", "nowhere", "lost again", "\"2028-01-02\""),
                        asset("cccc-2222", "nowhere", "lost", "\"2028-01-02\""),
                        asset("cccc-2222", "c.gov", "used", "\"2026-01-02\""),
                        source("the city", "City")));
        for (boolean force : List.of(false, true)) {
            Map<String, Object> summary = force ? RIG.seedAgain(file) : RIG.seed(file);
            assertThat(summary).containsEntry("status", "succeeded");
            assertThat(texts("select concat_ws(' ', asset_key, name, (updated_at at time zone 'UTC')::date) "
                            + "from registry.assets order by 1"))
                    .containsExactly(
                            "aaaa-2222 used 2026-01-02",
                            "bbbb-2222 used again 2027-01-02",
                            "cccc-2222 used 2026-01-02");
            assertThat(texts(
                            "select key || ' ' || reason from ops.rejects where run_id = ? order by 1",
                            summary.get("run")))
                    .containsExactly("aaaa-2222 no-source", "bbbb-2222 no-source");
            assertThat(number("select seen + skipped from ops.runs where id = ?", summary.get("run")))
                    .isEqualTo(9);
            assertThat(number("select count(*) from registry.orphans")).isZero();
        }
        assertThat(Counts.of(RIG.seed(new SeedOrder(file, "test", false, true))))
                .doesNotContain("updated", "added");
    }

    @Test
    void a_record_that_is_too_large_is_rejected_with_its_beginning() throws Exception {
        RIG.set("registry.max-record", "2kB");
        String large = asset("bbbb-2222", "b.example.gov", "é".repeat(200_000), "null");
        Path file = RIG.lines("index.ndjson", List.of(ONE, large, THREE));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(text("select reason || position from ops.rejects")).isEqualTo("too-largeline 2");
        assertThat(text("select record from ops.rejects"))
                .startsWith(large.substring(0, 500))
                .hasSizeLessThan(1100);
        assertThat(Files.size(beside(file))).isLessThan(5000);
        Path again = RIG.file("index.json", "[" + ONE + "," + large + "," + large + "," + THREE + "]");
        assertThat(Counts.of(RIG.seed(again))).isEqualTo("succeeded: seen 4, unchanged 2, rejected 2");
    }

    @Test
    void text_as_long_as_a_record_may_be_is_stored_and_what_is_too_deep_is_refused_in_our_words() {
        String large = asset("bbbb-2222", "b.example.gov", "e".repeat(21_000_000), "null");
        String deep = "{\"asset_key\":\"dddd-2222\",\"source_key\":\"d.gov\",\"n\":" + "[".repeat(1500)
                + "]".repeat(1500) + "}";
        assertThat(Counts.of(RIG.seed(RIG.lines("index.ndjson", List.of(ONE, large, deep, THREE)))))
                .isEqualTo("succeeded: seen 4, added 3, rejected 1");
        assertThat(number("select length(name) from registry.assets where asset_key = 'bbbb-2222'"))
                .isEqualTo(21_000_000);
        assertThat(text("select message from ops.rejects"))
                .contains("nested deeper than 1,000 levels")
                .doesNotContain("StreamReadConstraints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "0,"})
    void a_record_that_grows_a_hundredfold_once_it_is_read_is_refused_and_the_others_are_stored(String value) {
        String many = "{\"asset_key\":\"dddd-2222\",\"source_key\":\"d.gov\",\"n\":[" + value.repeat(5_000_000) + "0]}";
        assertThat(Counts.of(RIG.seed(RIG.lines("index.ndjson", List.of(ONE, many, THREE)))))
                .isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(text("select message from ops.rejects")).contains("more than 500,000 values");
    }

    @Test
    void of_a_large_record_that_is_refused_the_beginning_is_kept() throws Exception {
        String large = asset("bbbb-2222", "b.example.gov", "é".repeat(1_500_000), "\"soon\"");
        Path file = RIG.lines("index.ndjson", List.of(ONE, large, THREE));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 3, added 2, rejected 1");
        assertThat(text("select reason || position || key from ops.rejects")).isEqualTo("bad-dateline 2bbbb-2222");
        assertThat(text("select message from ops.rejects")).endsWith("the first 1,048,576 are kept.");
        assertThat(number("select octet_length(record) from ops.rejects")).isBetween(1_048_570L, 1_048_580L);
        assertThat(Files.size(beside(file))).isLessThan(1_100_000);
    }

    @Test
    void a_file_of_which_nothing_could_be_used_is_read_anew_for_its_source_may_be_there_now() {
        Path assets =
                RIG.lines("assets.ndjson", List.of(asset("bbbb-2222", "the city"), asset("cccc-2222", "the city")));
        assertThat(Counts.of(RIG.seed(assets))).isEqualTo("failed: seen 2, rejected 2");
        assertThat(Counts.of(RIG.seed(assets))).isEqualTo("failed: seen 2, rejected 2");
        RIG.seed(RIG.lines("sources.ndjson", List.of(source("the city", "City"))));
        assertThat(Counts.of(RIG.seed(assets))).isEqualTo("succeeded: seen 2, added 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void of_millions_of_bad_records_the_first_of_each_reason_are_kept_and_all_are_counted(int writers)
            throws Exception {
        RIG.set("registry.concurrency", String.valueOf(writers));
        StringBuilder bad = new StringBuilder("{\"assets\":[" + ONE);
        for (int i = 0; i < 12_000; i++) {
            bad.append(i % 3 == 0 ? ",1" : i % 3 == 1 ? ",{\"asset_key\":\"k\"}" : "," + asset("k" + i, "nowhere"));
        }
        Path file = RIG.file("index.json", bad + "," + THREE + "]}");
        Map<String, Object> summary = RIG.seed(file);
        assertThat(Counts.of(summary)).isEqualTo("succeeded: seen 12002, added 2, rejected 12000");
        assertThat(texts("select reason from ops.rejects group by reason having count(*) not between 1000 and 3000"))
                .isEmpty();
        long kept = number("select count(*) from ops.rejects");
        assertThat(kept).isBetween(3000L, writers == 1 ? 3000L : 6000L);
        assertThat((String) summary.get("note"))
                .contains("%,d of the 12,000 rejected records are counted only".formatted(12_000 - kept));
        assertThat(text("select note from ops.runs")).isEqualTo(summary.get("note"));
        assertThat(Files.readAllLines(beside(file)))
                .hasSize((int) kept + 1)
                .last()
                .asString()
                .contains("\"records\" : " + (12_000 - kept))
                .contains((12_000 - kept) + " more records were rejected");
    }

    @Test
    void force_reads_a_file_that_failed_from_its_beginning() {
        Path file = RIG.file("index.json", "[" + asset("bbbb-2222", "the city") + "," + ONE + ",");
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("failed: seen 2, added 1, rejected 1");
        RIG.seed(RIG.lines("sources.ndjson", List.of(source("the city", "City"))));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("failed: ");
        assertThat(Counts.of(RIG.seedAgain(file))).isEqualTo("failed: seen 2, added 1, unchanged 1");
    }

    @Test
    void a_key_too_long_for_an_index_is_rejected() {
        StringBuilder key = new StringBuilder();
        new java.util.Random(1).ints(9000, 'a', 'z').forEach(c -> key.append((char) c));
        Path file =
                RIG.lines("index.ndjson", List.of(ONE, asset(key.toString(), "b.gov"), source(key + "b", "B"), THREE));
        assertThat(Counts.of(RIG.seed(file))).isEqualTo("succeeded: seen 4, added 2, rejected 2");
        assertThat(texts("select distinct reason from ops.rejects")).containsExactly("wrong-type");
    }

    @Test
    void the_key_of_a_bad_record_is_kept_where_it_can_be_read() {
        Path file = RIG.lines(
                "index.ndjson",
                List.of(
                        ONE,
                        asset("bbbb-2222", "b.gov", "B", "\"soon\""),
                        "{\"id\":\"dddd-2222\"}",
                        "{\"resource\":{\"id\":\"eeee-2222\"}}"));
        RIG.seed(file);
        assertThat(texts("select key from ops.rejects order by id"))
                .containsExactly("bbbb-2222", "dddd-2222", "eeee-2222");
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".rejects.ndjson");
    }
}
