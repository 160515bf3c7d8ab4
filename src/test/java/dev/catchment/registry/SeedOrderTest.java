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
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a key that comes more than once in a file the last record stays, whoever writes it. */
class SeedOrderTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "1, 8", "3, 2", "1, 1"})
    void the_last_in_the_file_stays_whatever_the_writers_and_the_batches(int batch, int writers) {
        RIG.set("registry.batch-size", String.valueOf(batch)).set("registry.concurrency", String.valueOf(writers));
        Map<String, String> last = new TreeMap<>();
        Path file = RIG.lines("index.ndjson", shuffled(new Random(batch * 10L + writers), last));
        Map<String, Object> summary = RIG.seed(file);
        assertThat(Counts.of(summary)).startsWith("succeeded: ").doesNotContain("rejected");
        assertThat(names()).containsExactlyElementsOf(last.values());
        assertThat(number("select seen + skipped from ops.runs")).isEqualTo(200);
        List<String> before = held();
        for (SeedOrder order : List.of(new SeedOrder(file, "test", true, false), again(file))) {
            RIG.seed(order);
            assertThat(held()).isEqualTo(before);
        }
        assertThat(number("select count(*) from registry.orphans")).isZero();
    }

    /** The same in a file that is not known by its content. */
    private static SeedOrder again(Path file) {
        try {
            return new SeedOrder(
                    RIG.file("again.ndjson", java.nio.file.Files.readString(file) + "\n"), "test", false, false);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> names() {
        return texts("select name from (select 'a' || asset_key as key, name from registry.assets "
                + "union all select 's' || source_key, name from registry.sources) r order by key collate \"C\"");
    }

    /** Few keys, so that neighbours share them; some of a source that is known only later. */
    private static List<String> shuffled(Random random, Map<String, String> last) {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            String name = "Name " + random.nextInt(3) + " of " + random.nextInt(2);
            int key = random.nextInt(6);
            boolean source = number > 180 || random.nextInt(6) == 0 && number > 20;
            String home = number < 180 && key == 5 ? "the city" : "s" + key % 3 + ".gov";
            String sourceKey = number == 199 || key == 0 ? "the city" : "s" + key % 3 + ".gov";
            lines.add(source ? source(sourceKey, name) : asset("k" + key, home, name, "null"));
            last.put(source ? "s" + sourceKey : "ak" + key, name);
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void a_later_record_of_a_known_source_is_not_overtaken_by_one_that_waited(int writers) {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", String.valueOf(writers));
        String late = asset("k1", "a.gov", "late", "null");
        Path file = RIG.lines(
                "index.ndjson", List.of(asset("k1", "the city", "early", "null"), late, source("the city", "City")));
        for (List<String> before : List.of(List.<String>of(), List.of(late))) {
            TestDatabase.empty();
            RIG.seed(RIG.lines("before.ndjson", before));
            Map<String, Object> summary = RIG.seed(file);
            assertThat(summary).containsEntry("status", "succeeded");
            if (writers == 1) { // of several one may have stored the source before the first asset is looked at
                assertThat(summary).containsEntry("skipped", 1L);
            }
            assertThat(
                            text(
                                    "select a.name || source_key from registry.assets a join registry.sources s on s.id = source_id"))
                    .isEqualTo("latea.gov");
            assertThat(number("select count(*) from registry.orphans")).isZero();
        }
    }

    @Test
    void force_mends_what_was_damaged_by_hand_and_writes_nothing_else() {
        Path file =
                RIG.lines("index.ndjson", List.of(asset("k1", "a.gov"), asset("k2", "a.gov"), source("a.gov", "A")));
        RIG.seed(file);
        List<String> before = held();
        List<String> versions = versions();
        TestDatabase.execute("update registry.assets set name = 'damaged', raw = '{}' where asset_key = 'k1'");
        TestDatabase.execute("update registry.sources set url = null");
        RIG.seed(again(file));
        assertThat(held())
                .as("unforced, what is known by its bytes is not looked at")
                .isNotEqualTo(before);
        assertThat(Counts.of(RIG.seedAgain(file))).isEqualTo("succeeded: seen 3, updated 2, unchanged 1");
        assertThat(held()).isEqualTo(before);
        assertThat(versions()).filteredOn(versions::contains).hasSize(1);
        assertThat(number("select count(*) from registry.assets where asset_key = 'k2' and xmax = '0'"))
                .as("not even locked")
                .isEqualTo(1);
    }
}
