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
}
