package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxFailureTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @BeforeEach
    void watch() throws IOException {
        RIG.withInbox();
    }

    @Test
    void a_file_at_fault_goes_to_failed_with_its_report_and_the_mended_one_completes_it() throws Exception {
        RIG.service();
        String two = asset("bbbb-2222", "a.gov");
        RIG.inbox().drop("index.json", "[" + asset("aaaa-2222", "a.gov") + ",{}," + two.substring(0, 40));
        RIG.inbox().await("failed", "index.json");
        assertThat(Files.readString(RIG.inbox().putAway("failed", "index.json.report.json")))
                .contains(
                        "\"status\" : \"failed\"",
                        "is truncated at line 2, column 1, byte ",
                        "seed the corrected file again");
        assertThat(Files.readString(RIG.inbox().putAway("failed", "index.json.rejects.ndjson")))
                .contains("[1]");
        RIG.inbox().drop("index.json", "[" + asset("aaaa-2222", "a.gov") + "," + two + "]");
        RIG.inbox().await("done", "index.json");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
        assertThat(RIG.inbox().putAway("failed", "index.json")).exists();
        RIG.inbox().drop("empty.json");
        RIG.inbox().await("failed", "empty.json");
    }

    @Test
    void a_file_of_tomorrow_is_taken_today() throws Exception {
        RIG.service();
        Path draft = RIG.lines("tomorrow.ndjson", List.of(asset("aaaa-2222", "a.gov")));
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        Files.move(draft, RIG.inbox().path().resolve("tomorrow.ndjson"));
        RIG.inbox().await("done", "tomorrow.ndjson");
    }

    @Test
    void a_mark_that_a_dead_process_left_does_not_block() throws Exception {
        RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"));
        Files.createFile(RIG.inbox().path().resolve("index.ndjson.camelLock"));
        RIG.service();
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(1);
        Await.until("no mark is left", () -> RIG.inbox().tree().stream().noneMatch(name -> name.endsWith("Lock")));
    }

    @Test
    void a_failure_of_the_database_leaves_the_file_where_it_is_and_it_is_gone_on_with_later() {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").set("registry.inbox.settle", "400ms");
        RIG.service();
        TestDatabase.execute("alter table registry.assets add constraint no_b check (asset_key <> 'bbbb-2222')");
        try {
            RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"), asset("bbbb-2222", "a.gov"));
            Await.until("the seed failed", () -> number("select count(*) from ops.runs where status = 'failed'") >= 1);
            awaitLooks();
            assertThat(number("select count(*) from ops.runs"))
                    .as("a pause is made")
                    .isLessThan(3);
            assertThat(RIG.inbox().path().resolve("index.ndjson")).exists();
        } finally {
            TestDatabase.execute("alter table registry.assets drop constraint no_b");
        }
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2);
        assertThat(text("select resumes is not null and cursor = '2' from ops.runs order by id desc limit 1"))
                .isEqualTo("true");
    }

    /** That something does not happen can only be seen after the time in which it would have. */
    private static void awaitLooks() {
        long looked = System.nanoTime() + 1_800_000_000L;
        Await.until("three looks were due", () -> System.nanoTime() > looked);
    }

    private static List<String> failedLooks(CapturedLog log) {
        return log.all().stream()
                .filter(line -> line.contains("A dropped file could not be dealt with"))
                .toList();
    }

    @Test
    void a_table_that_is_away_is_waited_for_too() {
        RIG.set("registry.inbox.settle", "400ms").service();
        TestDatabase.execute("alter table registry.files rename to files_away");
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            RIG.inbox().drop("index.ndjson", asset("aaaa-2222", "a.gov"));
            Await.until("it was looked at", () -> !failedLooks(log).isEmpty());
            long began = System.nanoTime();
            awaitLooks();
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            assertThat((long) failedLooks(log).size())
                    .as("a look every 400 ms would be five in two seconds")
                    .isLessThanOrEqualTo(2 + seconds);
            assertThat(failedLooks(log))
                    .allMatch(line -> line.contains("registry.files") && line.contains("file=index.ndjson"));
            assertThat(RIG.inbox().path().resolve("index.ndjson")).exists();
        } finally {
            TestDatabase.execute("alter table registry.files_away rename to files");
        }
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from ops.runs")).isEqualTo(1);
    }

    @Test
    void a_stop_of_the_service_leaves_the_file_where_it_is_and_the_next_start_goes_on_with_it() {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").service();
        RIG.inbox().drop("index.ndjson", IndexFiles.assets(900).toArray(String[]::new));
        Await.until("it is under way", () -> number("select count(*) from ops.requests") >= 3);
        RIG.stop();
        assertThat(texts("select status from ops.runs")).containsExactly("stopped");
        assertThat(RIG.inbox().tree()).containsExactly("", "index.ndjson");
        RIG.set("registry.batch-size", "500").service();
        RIG.inbox().await("done", "index.ndjson");
        assertThat(texts("select status from ops.runs order by id")).containsExactly("stopped", "succeeded");
        assertThat(number("select sum(added) from ops.runs")).isEqualTo(900);
    }

    @Test
    void a_file_dropped_over_one_that_is_worked_on_is_seeded_too() {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").service();
        RIG.inbox().drop("index.ndjson", IndexFiles.assets(600).toArray(String[]::new));
        Await.until("it is under way", () -> number("select count(*) from ops.requests") >= 3);
        RIG.inbox().drop("index.ndjson", asset("zzzz-2222", "z.gov"));
        RIG.inbox().await("done", "index.ndjson");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(601);
        assertThat(texts("select status from ops.runs")).containsExactly("succeeded", "succeeded");
    }

    @Test
    void a_file_that_is_removed_while_it_is_worked_on_is_told_as_removed() throws Exception {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").service();
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            Path file = RIG.inbox().drop("index.ndjson", IndexFiles.assets(300).toArray(String[]::new));
            Await.until("it is under way", () -> number("select count(*) from ops.requests") >= 3);
            Files.delete(file);
            Await.until(
                    "it is told",
                    log::all,
                    lines -> lines.stream().anyMatch(line -> line.contains("index.ndjson was removed from the inbox")));
            assertThat(log.all()).noneMatch(line -> line.contains("Another file was dropped"));
        }
        assertThat(number("select count(*) from registry.assets")).isEqualTo(300);
        RIG.inbox().drop("index.ndjson", asset("zzzz-2222", "z.gov"));
        RIG.inbox().await("done", "index.ndjson");
    }

    @Test
    void of_a_file_dropped_over_another_both_are_kept_in_the_ledger() {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").service();
        RIG.inbox().drop("index.ndjson", IndexFiles.assets(300).toArray(String[]::new));
        Await.until("it is under way", () -> number("select count(*) from ops.requests") >= 3);
        RIG.inbox().drop("index.ndjson", "this is none");
        RIG.inbox().await("failed", "index.ndjson.report.json");
        assertThat(texts("select status || added from ops.runs order by id"))
                .containsExactly("succeeded300", "failed0");
        assertThat(texts("select run_id from registry.files")).containsExactly("1");
        assertThat(RIG.inbox().putAway("done", "index.ndjson")).doesNotExist();
    }

    @Test
    void a_file_whose_copier_had_only_paused_is_read_again_whole() throws Exception {
        RIG.set("registry.batch-size", "1").set("registry.concurrency", "1").service();
        Path copy = RIG.inbox().drop("index.ndjson", IndexFiles.assets(300).toArray(String[]::new));
        Await.until("it is under way", () -> number("select count(*) from ops.requests") >= 3);
        Files.write(copy, (asset("zzzz-2222", "the city") + "\n{\"typ").getBytes(), StandardOpenOption.APPEND);
        Await.until("it is seen", () -> number("select count(*) from ops.runs where status = 'failed'") == 1);
        assertThat(text("select error from ops.runs")).startsWith("index.ndjson changed while it was read");
        assertThat(number("select count(*) from registry.orphans")).isZero();
        Files.write(copy, "e\":\"source\",\"source_key\":\"the city\"}\n".getBytes(), StandardOpenOption.APPEND);
        RIG.inbox().await("done", "index.ndjson.report.json");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(301);
        assertThat(number("select count(*) from registry.orphans")).isZero();
    }
}
