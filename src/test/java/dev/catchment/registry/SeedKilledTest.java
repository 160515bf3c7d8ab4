package dev.catchment.registry;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.ScopeBusy;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.Leases;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A brake in the database makes every batch take a while, so that a seed is met in the middle. */
@Tag("process")
class SeedKilledTest {
    private static final int RECORDS = 2000;
    private static final int BAD = 100;

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @AfterEach
    void letGo() {
        // The whole table before its partitions, as who still writes takes them.
        TestDatabase.execute("do $$ begin lock table ops.requests in access exclusive mode;"
                + " drop trigger if exists brake on ops.requests; drop function if exists public.brake; end $$");
    }

    private static void brake(String when) {
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_sleep(" + when + "); return new; end $$");
        TestDatabase.execute(
                "create trigger brake before insert on ops.requests for each row execute function public.brake()");
    }

    private static Path file() {
        List<String> lines = new ArrayList<>(IndexFiles.assets(RECORDS - BAD));
        for (int bad = 0; bad < BAD; bad++) {
            lines.add(bad * 20 + bad % 20, "{\"type\":\"asset\",\"asset_key\":\"bad " + bad + "\"}");
        }
        return RIG.lines("index.ndjson", lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void kill_9_loses_nothing_and_the_next_seed_goes_on_from_the_last_committed_record(int writers) throws Exception {
        RIG.set("registry.batch-size", "20").set("registry.concurrency", String.valueOf(writers));
        Path file = file();
        RIG.seed(file);
        List<String> uninterrupted = IndexFiles.held();
        List<String> rejects = texts("select position from ops.rejects order by 1");
        TestDatabase.empty();
        brake("0.03 * (1 + new.sequence % 3)"); // so that batches overtake each other
        killAfter(12, file);
        letGo();
        Map<String, Object> summary = RIG.seed(file);
        assertThat(summary).containsEntry("status", "succeeded").containsEntry("cursor", String.valueOf(RECORDS));
        expectGoneOn(writers);
        assertThat(IndexFiles.held()).isEqualTo(uninterrupted);
        assertThat(texts("select position from ops.rejects order by 1")).isEqualTo(rejects);
        assertThat(Files.readString(file.resolveSibling("index.ndjson.rejects.ndjson")))
                .hasLineCount(BAD);
    }

    private static void killAfter(int batches, Path file) {
        try (CrawlProcess process = CrawlProcess.seed(RIG.settings(), file)) {
            Await.until(
                    batches + " batches are committed: " + process.standardError(),
                    () -> number("select count(*) from ops.requests") >= batches);
            process.kill();
            Await.until(
                    "the server has ended what it had sent",
                    () -> number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 0);
            Leases.end(process);
        }
        assertThat(text("select status from ops.runs")).isEqualTo("running");
    }

    /** It began after the last record below which all was committed, and wrote at most what the writers had ahead. */
    private static void expectGoneOn(int writers) {
        assertThat(texts("select status || ' ' || coalesce(resumes::text, '-') from ops.runs order by id"))
                .containsExactly("abandoned -", "succeeded 1");
        long first = number("select first_key from ops.requests where run_id = 2 and sequence = 1");
        long below = number("select last_key from (select last_key, sequence, row_number() over (order by sequence) n "
                + "from ops.requests where run_id = 1) q where sequence = n order by n desc limit 1");
        assertThat(first).isEqualTo(below + 1);
        // The server has ended what the killed one had sent, before its lease ended.
        long committed = number("select sum(records) from ops.requests where run_id = 1");
        assertThat(committed - below).as("read again").isBetween(0L, 20L * writers);
        assertThat(number("select sum(records) from ops.requests where run_id = 2"))
                .isEqualTo(RECORDS - below);
        assertThat(number("select seen + skipped from ops.runs where id = 2")).isEqualTo(RECORDS - below);
    }

    /** Of the rejects of the first run, which were put beside it, it would remember no more than those. */
    @Test
    void rejects_that_a_kill_kept_from_the_file_are_put_beside_it_by_the_next_seed() throws Exception {
        Path file = file();
        Path rejects = Files.writeString(file.resolveSibling("index.ndjson.rejects.ndjson"), "those of a former run\n");
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_sleep(2); return new; end $$");
        TestDatabase.execute("create trigger brake after insert on registry.files "
                + "for each row execute function public.brake()");
        try (CrawlProcess process = CrawlProcess.seed(RIG.settings(), file);
                Connection lock = TestDatabase.get().dataSource().getConnection()) {
            Await.until(
                    "the run is closed, and its file is being kept",
                    () -> number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"),
                    sleeping -> sleeping == 1);
            // The report reads the rejects: it waits, and the process is killed before it has written any.
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table ops.rejects in access exclusive mode");
            Await.until("the file is kept", () -> number("select count(*) from registry.files") == 1);
            process.kill();
            lock.rollback();
        } finally {
            TestDatabase.execute("drop trigger brake on registry.files");
        }
        assertThat(Files.readString(rejects)).isEqualTo("those of a former run\n");
        assertThat(RIG.seed(file)).containsEntry("mode", "known").containsEntry("run", 1L);
        assertThat(Files.readString(rejects)).hasLineCount(BAD).contains("bad 99");
    }

    @Test
    void sigterm_ends_the_process_with_130_and_the_seed_as_stopped_and_it_is_gone_on_with() {
        RIG.set("registry.batch-size", "20");
        Path file = file();
        brake("0.04");
        try (CrawlProcess process = CrawlProcess.seed(RIG.settings(), file)) {
            Await.until("a batch is committed", () -> number("select count(*) from ops.requests") >= 2);
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(130);
            assertThat(process.standardOutput())
                    .contains("\"status\":\"stopped\"")
                    .hasLineCount(1);
        }
        letGo();
        assertThat(text("select status || (cursor::bigint = seen)::text from ops.runs"))
                .isEqualTo("stoppedtrue");
        long cursor = number("select cursor from ops.runs");
        assertThat(RIG.seed(file)).containsEntry("status", "succeeded").containsEntry("seen", RECORDS - cursor);
        assertThat(number("select count(*) from registry.assets")).isEqualTo(RECORDS - BAD);
        assertThat(number("select count(*) from ops.rejects")).isEqualTo(BAD);
    }

    @Test
    void a_seed_of_the_same_content_in_another_process_is_not_begun_twice() {
        RIG.set("registry.batch-size", "20").set("ops.lease", "4s");
        Path file = file();
        brake("0.3");
        RIG.service();
        try (CrawlProcess other = CrawlProcess.seed(RIG.settings(), file)) {
            Await.until("a batch is committed", () -> number("select count(*) from ops.requests") >= 1);
            assertThatThrownBy(() -> RIG.seed(file))
                    .isInstanceOf(ScopeBusy.class)
                    .hasMessageContaining("under way already");
            assertThat(text("select status from ops.runs")).isEqualTo("running");
            other.kill();
        }
        assertThat(number("select count(*) from ops.runs")).isEqualTo(1);
    }
}
