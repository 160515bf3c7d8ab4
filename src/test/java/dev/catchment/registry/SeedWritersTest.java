package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.source;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedWritersTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void added_updated_and_unchanged_are_counted_truly(int writers) {
        RIG.set("registry.batch-size", "7").set("registry.concurrency", String.valueOf(writers));
        List<String> lines = new ArrayList<>(IndexFiles.assets(300));
        assertThat(Counts.of(RIG.seed(RIG.lines("one.ndjson", lines)))).isEqualTo("succeeded: seen 300, added 300");
        for (int i = 100; i < 150; i++) {
            lines.set(i, asset(Assets.id(i + 1), "data1.example.gov", "renamed", "null"));
        }
        lines.addAll(IndexFiles.assets(420).subList(300, 420));
        lines.add(source("data1.example.gov", "One"));
        lines.add(source("new.example.gov", "New"));
        lines.add("{}");
        assertThat(Counts.of(RIG.seed(RIG.lines("two.ndjson", lines))))
                .isEqualTo("succeeded: seen 423, added 121, updated 51, unchanged 250, rejected 1");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(420);
        expectAuditOf(2, 423);
    }

    /** Of the ledger: every record is in one batch, and the sums of the run are the ones of the rows. */
    private static void expectAuditOf(int run, int records) {
        assertThat(number("select sum(records) from ops.requests where run_id = " + run))
                .isEqualTo(records);
        assertThat(text("select cursor from ops.runs where id = " + run)).isEqualTo(String.valueOf(records));
        assertThat(number("select seen - added - updated - unchanged - rejected from ops.runs where id = " + run))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void copies_in_other_batches_are_added_once(int writers) {
        RIG.set("registry.batch-size", "10").set("registry.concurrency", String.valueOf(writers));
        List<String> lines = new ArrayList<>();
        for (int copy = 0; copy < 5; copy++) {
            lines.addAll(IndexFiles.assets(100));
        }
        assertThat(Counts.of(RIG.seed(RIG.lines("index.ndjson", lines))))
                .isEqualTo("succeeded: seen 500, added 100, unchanged 400");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(100);
        expectAuditOf(1, 500);
    }

    @Test
    void writers_never_deadlock_over_few_new_sources_and_shuffled_copies() {
        RIG.set("registry.batch-size", "5").set("registry.concurrency", "8");
        for (int round = 0; round < 3; round++) {
            TestDatabase.empty();
            List<String> lines = crossing(new Random(round));
            Map<String, Object> summary = RIG.seed(RIG.lines("index.ndjson", lines));
            assertThat(summary).as("round %d: %s", round, summary).containsEntry("status", "succeeded");
            assertThat(number("select count(*) from registry.assets")).isEqualTo(40);
            assertThat(number("select count(*) from registry.sources")).isEqualTo(12);
            expectAuditOf(1, lines.size());
        }
    }

    /** What makes one batch give the source that the other implies, and both write the same assets. */
    private static List<String> crossing(Random random) {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < 600; number++) {
            int asset = random.nextInt(40);
            lines.add(asset(Assets.id(asset), "s%02d.gov".formatted(asset % 12), "Name " + random.nextInt(), "null"));
            if (number % 3 == 0) {
                lines.add(source("s%02d.gov".formatted(random.nextInt(12)), "Source " + random.nextInt()));
            }
        }
        for (int asset = 0; asset < 40; asset++) {
            lines.add(asset(Assets.id(asset), "s%02d.gov".formatted(asset % 12)));
        }
        Collections.shuffle(lines, random);
        return lines;
    }

    @Test
    void two_files_over_the_same_keys_are_seeded_side_by_side() {
        RIG.set("registry.batch-size", "5").set("registry.concurrency", "8");
        List<CompletableFuture<Map<String, Object>>> seeds = Stream.of(1, 2)
                .map(seed -> RIG.lines(seed + ".ndjson", crossing(new Random(seed))))
                .map(RIG::seedLater)
                .toList();
        seeds.forEach(seed -> assertThat(seed.join()).containsEntry("status", "succeeded"));
        assertThat(number("select count(*) from registry.assets")).isEqualTo(40);
    }

    @Test
    void a_batch_that_cannot_be_written_leaves_what_waits_for_its_source_to_the_next_seed() {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1");
        Path file = RIG.lines(
                "index.ndjson",
                List.of(asset("aaaa-2222", "the city"), asset("bbbb-2222", "b.gov"), source("the city", "City")));
        TestDatabase.execute("alter table registry.assets add constraint no_b check (asset_key <> 'bbbb-2222')");
        try {
            assertThat(Counts.of(RIG.seed(file))).startsWith("failed");
        } finally {
            TestDatabase.execute("alter table registry.assets drop constraint no_b");
        }
        assertThat(number("select count(*) from registry.orphans")).isEqualTo(1);
        assertThat(RIG.seed(file)).containsEntry("status", "succeeded").containsEntry("rejected", 0L);
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
        assertThat(number("select count(*) from ops.rejects")).isZero();
    }
}
