package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What does not count, and what is said of it. */
class LoadRefusalTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @Test
    void what_is_no_figure_is_refused_with_its_place_and_the_rest_counts() {
        Map<String, Object> job = NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065", "Anna,F,many", "Emma,F,2003"))
                .get(0);

        assertThat(job).containsEntry("status", "completed").containsEntry("rejected", 1L);
        assertThat(NamesRig.figures()).containsExactly("1880 F Emma 2003", "1880 F Mary 7065");
        Map<String, Object> reject =
                TestDatabase.rows("select * from ops.rejects").get(0);
        assertThat(reject).containsEntry("run_id", job.get("run")).containsEntry("severity", "error");
        assertThat(reject.get("position").toString()).contains("line 2");
        assertThat(reject.get("record").toString()).contains("Anna").contains("many");
    }

    @Test
    void a_file_of_which_nothing_is_a_figure_fails_and_nothing_counts() {
        Path file = NAMES.file("male_cy1944_top.csv", "Given Name,Amount,Position", "\"JOHN\",\"x\",\"1\"");
        NAMES.service();
        Map<String, Object> job;
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            job = NAMES.load(file).get(0);
            assertThat(log.ours(Level.ERROR))
                    .anyMatch(line -> line.contains("the next one fails too, until the cause is fixed"));
        }

        assertThat(job)
                .containsEntry("status", "failed")
                .containsEntry("dataset_status", "failed")
                .containsEntry("attempts", 1);
        assertThat(job.get("error").toString()).contains("Nothing in male_cy1944_top.csv is a figure");
        assertThat(NamesRig.figures()).isEmpty();
    }

    @Test
    void a_stored_file_that_was_altered_is_not_read() throws Exception {
        NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065"));
        Path kept = NAMES.data().resolve("names").resolve((String)
                TestDatabase.rows("select file_path from names.datasets").get(0).get("file_path"));
        Files.writeString(kept, "Mary,F,9999\r\n");
        NAMES.work();

        assertThat(TestDatabase.rows("select status, error_message from names.datasets")
                        .get(0))
                .containsEntry("status", "failed")
                .hasEntrySatisfying(
                        "error_message",
                        said -> assertThat(said.toString()).contains("was altered", "Load the published file again"));
    }

    @Test
    void what_nobody_publishes_is_refused_and_nothing_is_kept() throws Exception {
        Path store = NAMES.data().resolve("names");
        List<Path> before = Files.isDirectory(store) ? Files.walk(store).toList() : List.of();
        assertThatThrownBy(() -> NAMES.takeIn(NAMES.file("budget.csv", "item,price", "pen,2")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("budget.csv");
        assertThat(TestDatabase.rows("select * from names.datasets")).isEmpty();
        assertThat(Files.isDirectory(store) ? Files.walk(store).toList() : List.of())
                .isEqualTo(before);
    }

    @Test
    void a_store_that_cannot_be_written_is_named() throws Exception {
        NAMES.set("names.store", NAMES.folder().resolve("taken").toString()).service();
        Files.writeString(NAMES.folder().resolve("taken"), "a file where the folder should be");
        assertThatThrownBy(() -> NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065")))
                .isInstanceOf(FatalFailure.class)
                .hasMessageContaining("yob1880.txt cannot be kept in")
                .hasMessageContaining("names.store");
        assertThat(TestDatabase.rows("select * from names.datasets")).isEmpty();
    }
}
