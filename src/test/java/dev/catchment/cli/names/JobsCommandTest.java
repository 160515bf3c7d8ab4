package dev.catchment.cli.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.CliRig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code catchment jobs}, as it is typed. */
class JobsCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_jobs");

    @TempDir
    private Path folder;

    private String job;

    @BeforeEach
    void fail() throws Exception {
        Path bad =
                Files.writeString(folder.resolve("male_cy1944_top.csv"), "Given Name,Amount,Position\nJOHN,many,1\n");
        RIG.run("load", bad.toString()).endsWith(1);
        job = RIG.texts("select id::text from names.jobs").get(0);
    }

    @Test
    void a_dead_job_stays_visible_with_its_error() {
        assertThat(RIG.run("jobs", "--status", "queued").endsWith(0).out()).startsWith("No such job.");
        assertThat(RIG.run("jobs", "--status", "failed").endsWith(0).out())
                .contains(job.substring(0, 8), "Nothing in male");
        assertThat(RIG.run("jobs", job.substring(0, 8)).endsWith(0).out())
                .contains("Nothing in male_cy1944_top.csv is a figure that can be loaded; 1 rows were rejected.");
        assertThat(RIG.run("jobs", "--json").endsWith(0).out()).contains("\"status\":\"failed\"");
    }

    @Test
    void it_is_retried_then_cancelled_and_each_only_when_it_can_be() {
        assertThat(RIG.run("jobs", "cancel", job).endsWith(2).err()).contains("is not queued");
        assertThat(RIG.run("jobs", "retry", job.substring(0, 8)).endsWith(0).out())
                .contains(job, "is queued again");
        assertThat(RIG.run("jobs", "retry", job).endsWith(2).err()).contains("neither failed nor been cancelled");
        assertThat(RIG.run("jobs", "cancel", job).endsWith(0).out()).contains("is cancelled");
        assertThat(RIG.run("jobs", "--status", "cancelled").endsWith(0).out()).contains(job.substring(0, 8));
    }

    @Test
    void what_ended_long_ago_is_removed() throws Exception {
        assertThat(RIG.run("jobs", "cleanup").endsWith(0).out()).contains("Deleted jobs: 0");
        RIG.execute("update names.jobs set completed_at = now() - interval '31 days'");
        assertThat(RIG.run("jobs", "cleanup").endsWith(0).out()).contains("Deleted jobs: 1");
        assertThat(RIG.run("jobs").endsWith(0).out()).startsWith("There is no job yet.");
    }

    @Test
    void wrong_use_is_said() {
        assertThat(RIG.run("jobs", "zzz").endsWith(2).err()).contains("There is no job zzz");
        assertThat(RIG.run("jobs", "--status", "lost").endsWith(2).err()).contains("--status takes one of queued");
        assertThat(RIG.run("jobs", "--limit", "0").endsWith(2).err())
                .contains("--limit takes a number of rows, 1 or more");
    }

    @Test
    void the_job_of_a_worker_that_died_is_released_by_whoever_looks_at_it() throws Exception {
        String claim =
                "update names.jobs set status = 'running', completed_at = null, attempts = 1, claimed_by = 'dead/1',"
                        + " claimed_at = now()";
        RIG.run("jobs", "retry", job).endsWith(0);
        RIG.execute(claim);
        assertThat(RIG.run("jobs", "--status", "queued").endsWith(0).out()).contains(job.substring(0, 8));
        assertThat(RIG.run("jobs", job).endsWith(0).out())
                .contains("The worker dead/1 died in attempt 1: its heartbeats stopped.");
        RIG.execute(claim);
        assertThat(RIG.run("jobs", "cancel", job).endsWith(0).out()).contains("is cancelled");
    }
}
