package dev.catchment.names;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.Leases;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services in processes of their own on one queue. Each file has a bad row, and a brake on those slows its load down. */
@Tag("process")
class NamesProcessesTest {
    private static final int FILES = 12;
    private static final String RUNNING =
            "select count(*) from names.jobs where status = 'running' and claimed_by like ?";
    private static final String WAITING = "select count(*) from pg_locks where not granted";
    private static final String COMPLETED = "select count(*) from names.jobs where status = 'completed'";

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @AfterEach
    void letGoOfTheBrake() {
        letGo();
    }

    private static void letGo() {
        TestDatabase.execute("drop trigger if exists brake on ops.rejects");
        TestDatabase.execute("drop function if exists public.brake");
    }

    private static void brake(String seconds) {
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_sleep(" + seconds + "); return new; end $$");
        TestDatabase.execute(
                "create trigger brake before insert on ops.rejects for each row execute function public.brake()");
    }

    private static void takeIn(int files) {
        IntStream.range(1880, 1880 + files).forEach(year -> NAMES.takeIn(file(year)));
    }

    private static Path file(int year) {
        return NAMES.file("yob" + year + ".txt", "Mary,F,%d".formatted(year), "Anna,F,5", "Nobody,F,many", "John,M,7");
    }

    private static CrawlProcess load(Path file) {
        return load(file, "8s");
    }

    private static CrawlProcess load(Path file, String lease) {
        return CrawlProcess.load(Map.of("data.dir", NAMES.data().toString(), "ops.lease", lease), file);
    }

    /** A load that is killed while it reads its file. @return its job, whose claim stays */
    private static String killedLoad(Path file) {
        brake("1");
        try (CrawlProcess killed = load(file, "1h")) {
            Await.until("its file is under way", () -> number(RUNNING, jobsOf(killed)) == 1);
            killed.kill();
            return lostJob(killed);
        } finally {
            letGo();
        }
    }

    /** As if the hour had passed. */
    private static void endLease() {
        TestDatabase.execute(
                "update ops.workers set heartbeat_at = heartbeat_at - lease where lease = interval '1 hour'");
    }

    private static CrawlProcess worker() {
        return CrawlProcess.service(
                "names",
                Map.of(
                        "data.dir", NAMES.data().toString(),
                        "names.workers", "1",
                        "names.poll", "100ms",
                        "ops.lease", "8s",
                        "catalog.crawl-on-start", "never"));
    }

    private static String jobsOf(CrawlProcess worker) {
        return "%:" + worker.pid() + "/%";
    }

    private static void awaitCompleted(int files, CrawlProcess... workers) {
        Await.until(
                files + " jobs are completed: "
                        + Stream.of(workers).map(CrawlProcess::standardError).toList(),
                () -> number(COMPLETED) == files);
    }

    private static void expectEachLoadedOnce(int files) {
        assertThat(NamesRig.figures())
                .isEqualTo(IntStream.range(1880, 1880 + files)
                        .boxed()
                        .flatMap(year -> Stream.of(year + " F Anna 5", year + " F Mary " + year, year + " M John 7"))
                        .toList());
        assertThat(number("select count(*) from names.names"))
                .as("nothing was loaded and replaced")
                .isEqualTo(3L * files);
        assertThat(number("select count(*) from names.slices where is_living")).isEqualTo(2L * files);
        assertThat(
                        texts(
                                "select distinct status || row_count || births - year from "
                                        + "(select status, row_count, births, substr(filename, 4, 4)::integer as year from names.datasets) d"))
                .containsExactly("completed312");
        Await.until(
                "their runs are closed",
                () -> number("select count(*) from ops.runs where status = 'succeeded'") == files);
        expectNothingLeft();
    }

    private static void expectNothingLeft() {
        assertThat(texts("select tablename from pg_tables where schemaname = 'names' and tablename like 'staging%'"))
                .isEmpty();
        Await.until("the statistics know all", () -> number("select count(*) from names.stale_views") == 0);
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void of_three_workers_one_is_killed_in_the_middle_and_each_of_twelve_files_is_loaded_once() {
        takeIn(FILES);
        brake("1");
        try (CrawlProcess first = worker();
                CrawlProcess second = worker();
                CrawlProcess third = worker()) {
            Await.until(
                    "all three have a file under way",
                    () -> Stream.of(first, second, third).allMatch(worker -> number(RUNNING, jobsOf(worker)) == 1));
            first.kill();
            String lost = lostJob(first);
            Leases.end(first);
            awaitCompleted(FILES, second, third);
            assertThat(NamesRig.job(lost)).containsEntry("attempts", 2);
            assertThat(NamesRig.job(lost).get("worker").toString()).doesNotContain(":" + first.pid() + "/");
            assertThat(texts("select id::text from names.jobs where attempts <> 1"))
                    .containsExactly(lost);
            expectEachLoadedOnce(FILES);
        }
    }

    private static String lostJob(CrawlProcess killed) {
        List<String> lost =
                texts("select id from names.jobs where status = 'running' and claimed_by like ?", jobsOf(killed));
        assertThat(lost).as("it was met in the middle").hasSize(1);
        return lost.get(0);
    }

    @Test
    void two_processes_on_one_queue_load_each_file_once_and_share_the_work() {
        takeIn(FILES);
        brake("0.3");
        try (CrawlProcess first = worker();
                CrawlProcess second = worker()) {
            awaitCompleted(FILES, first, second);
            assertThat(texts("select distinct attempts::text from names.jobs")).containsExactly("1");
            assertThat(texts("select distinct split_part(claimed_by, '/', 1) from names.jobs"))
                    .hasSize(2);
            expectEachLoadedOnce(FILES);
        }
    }

    @Test
    void sigterm_lets_a_worker_finish_its_file_and_claim_no_other() {
        takeIn(3);
        brake("2");
        try (CrawlProcess worker = worker()) {
            Await.until("a file is under way", () -> number(RUNNING, jobsOf(worker)) == 1);
            worker.terminate();
            assertThat(worker.exitCode()).isEqualTo(130);
        }
        assertThat(texts("select status || ' ' || attempts from names.jobs order by created_at"))
                .containsExactly("completed 1", "queued 0", "queued 0");
        assertThat(NamesRig.figures()).containsExactly("1880 F Anna 5", "1880 F Mary 1880", "1880 M John 7");
    }

    @Test
    void a_load_finishes_what_a_killed_one_left_behind_however_short_it_is() {
        String lost = killedLoad(file(1880));
        endLease();
        try (CrawlProcess next = load(file(1881))) {
            assertThat(next.exitCode()).as(next.standardError()).isZero();
        }
        assertThat(NamesRig.job(lost)).containsEntry("status", "completed").containsEntry("attempts", 2);
        expectNothingLeft();
    }

    @Test
    void a_load_waits_for_a_job_of_its_own_that_a_killed_process_holds_and_does_it() {
        String lost = killedLoad(file(1880));
        try (CrawlProcess next = load(file(1880))) {
            Await.until(
                    "it says what it waits for",
                    next::standardError,
                    said -> said.contains(lost) && said.contains("has not sent a heartbeat for 8s"));
            assertThat(NamesRig.job(lost)).containsEntry("status", "running").containsEntry("attempts", 1);
            endLease();
            assertThat(next.exitCode()).as(next.standardError()).isZero();
            assertThat(next.standardOutput()).contains("yob1880.txt (us-ssa): completed");
        }
        assertThat(NamesRig.job(lost)).containsEntry("status", "completed").containsEntry("attempts", 2);
        expectNothingLeft();
    }

    /** The first one is held up in the middle of its refresh, which knows nothing of what the second one loads. */
    @Test
    void of_two_loads_that_end_side_by_side_the_last_one_refreshes_the_statistics() throws Exception {
        TestDatabase.execute("insert into names.stale_views values (now())");
        try (Connection held = TestDatabase.get().dataSource().getConnection();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("select from names.stale_views for update");
            try (CrawlProcess first = load(file(1880))) {
                Await.until("it refreshes", () -> number(WAITING) == 1);
                try (CrawlProcess second = load(file(1881))) {
                    Await.until("it waits for its turn, or has left", () -> number(WAITING) == 2 || second.hasEnded());
                    held.rollback();
                    assertThat(first.exitCode()).as(first.standardError()).isZero();
                    assertThat(second.exitCode()).as(second.standardError()).isZero();
                }
            }
        }
        assertThat(number("select count(*) from names.stale_views")).isZero();
        assertThat(texts("select distinct year from names.name_statistics order by 1"))
                .containsExactly("1880", "1881");
    }
}
