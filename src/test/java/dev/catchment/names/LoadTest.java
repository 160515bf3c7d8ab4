package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.support.Await;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One published file, from its bytes to figures that count. */
class LoadTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @Test
    void a_file_becomes_a_dataset_a_job_and_figures() {
        Map<String, Object> job = NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065", "Anna,F,2604", "John,M,9655"))
                .get(0);

        assertThat(NamesRig.figures()).containsExactly("1880 F Anna 2604", "1880 F Mary 7065", "1880 M John 9655");
        assertThat(job)
                .containsEntry("status", "completed")
                .containsEntry("dataset_status", "completed")
                .containsEntry("source", "us-ssa")
                .containsEntry("attempts", 1)
                .containsEntry("figures", 3)
                .containsEntry("births", 19324L)
                .containsEntry("added", 3L)
                .containsEntry("rejected", 0L);
        assertThat(TestDatabase.rows("select payload::text as payload from names.jobs")
                        .get(0)
                        .get("payload")
                        .toString())
                .contains("\"parser_type\": \"us_ssa\"", "\"country_code\": \"US\"", "\"dataset_id\"");
    }

    @Test
    void the_file_is_kept_by_its_content_before_its_job_is_there() throws Exception {
        Path file = NAMES.file("yob1880.txt", "Mary,F,7065");
        NAMES.takeIn(file);

        Map<String, Object> dataset =
                TestDatabase.rows("select * from names.datasets").get(0);
        assertThat(dataset).containsEntry("status", "pending").containsEntry("filename", "yob1880.txt");
        Path kept = NAMES.data().resolve("names").resolve((String) dataset.get("file_path"));
        assertThat(kept).hasSameBinaryContentAs(file);
        assertThat(NamesRig.figures()).isEmpty();

        Files.delete(file); // what is kept is read, not what was dropped
        NAMES.work();
        assertThat(NamesRig.figures()).containsExactly("1880 F Mary 7065");
    }

    @Test
    void while_its_figures_are_merged_the_run_says_so() throws Exception {
        NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065"));
        ActiveRuns running = NAMES.service().camel().getRegistry().lookupByNameAndType("running", ActiveRuns.class);
        try (Connection other = TestDatabase.get().dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table names.names in share mode");
            CompletableFuture<Void> work = CompletableFuture.runAsync(NAMES::work);
            Await.until(
                    "all is read and being merged",
                    () -> running.all().stream().map(ActiveRun::phase).toList(),
                    List.of("merging")::equals);
            other.rollback();
            work.join();
        }
        assertThat(NamesRig.figures()).containsExactly("1880 F Mary 7065");
    }

    @Test
    void a_name_that_stands_twice_is_summed_and_the_ledger_says_so() {
        Map<String, Object> job = NAMES.load(NAMES.file(
                        "male_cy1944_top.csv",
                        "Given Name,Amount,Position",
                        "\"JOHN\",\"477\",\"1\"",
                        "\"PETER\",\"357\",\"2\"",
                        "\"JOHN\",\"2\",\"=192\""))
                .get(0);

        assertThat(NamesRig.figures()).containsExactly("1944 M JOHN 479", "1944 M PETER 357");
        assertThat(job).containsEntry("figures", 2).containsEntry("births", 836L);
        assertThat(job.get("note").toString()).contains("1 names occurred more than once");
        assertThat(TestDatabase.rows("select key, reason, severity, record from ops.rejects"))
                .containsExactly(Map.of(
                        "key", "JOHN", "reason", "same-name-twice", "severity", "warning", "record", "477 + 2 = 479"));
    }

    @Test
    void the_same_content_is_taken_in_once_and_read_again_by_force() {
        Path file = NAMES.file("yob1880.txt", "Mary,F,7065");
        NAMES.load(file);
        List<Map<String, Object>> again = NAMES.takeIn(NAMES.file("copy/yob1880.txt", "Mary,F,7065"));
        assertThat(again.get(0)).containsEntry("is_new", false).containsEntry("is_queued", false);

        long version = (Long) TestDatabase.rows("select xmin::text::bigint as version from names.names")
                .get(0)
                .get("version");
        Map<String, Object> job = NAMES.loadAgain(file).get(0);
        assertThat(job)
                .containsEntry("type", "reprocess_dataset")
                .containsEntry("status", "completed")
                .containsEntry("added", 0L);
        assertThat(TestDatabase.rows("select xmin::text::bigint as version from names.names")
                        .get(0)
                        .get("version"))
                .as("an unchanged reading rewrites no row")
                .isEqualTo(version);
        assertThat(TestDatabase.rows("select * from names.stale_views")).isEmpty();
    }

    @Test
    void a_large_file_is_built_aside_with_every_index_and_counts_the_same() {
        NAMES.set("names.large-release", "3");
        NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065", "Anna,F,2604", "John,M,9655"));
        NAMES.load(NAMES.file("yob1881.txt", "Mary,F,6919"));

        assertThat(NamesRig.figures())
                .containsExactly("1880 F Anna 2604", "1880 F Mary 7065", "1880 M John 9655", "1881 F Mary 6919");
        assertThat(TestDatabase.rows("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'names.names'::regclass and c.relname <> 'names_shared'""")).hasSize(1);
        assertThat(TestDatabase.rows("""
                        select count(*) as missing
                        from pg_index parent
                        where parent.indrelid = 'names.names'::regclass
                          and (select count(*) from pg_inherits i where i.inhparent = parent.indexrelid) <> 2""")).containsExactly(Map.of("missing", 0L));
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void spellings_that_differ_in_capitals_alone_are_one_name() {
        NAMES.load(NAMES.file("yob2020.txt", "LIAM,M,5", "Liam,M,19659", "Zoë,F,3", "ZOË,F,2", "Zoe,F,7"));

        assertThat(NamesRig.figures()).containsExactly("2020 F Zoe 7", "2020 F Zoë 5", "2020 M Liam 19664");
        assertThat(TestDatabase.texts("select message || ' ' || record from ops.rejects order by 1"))
                .containsExactly(
                        "LIAM, Liam are one name; their counts for 2020 M are summed. LIAM 5 + Liam 19659 = 19664",
                        "ZOË, Zoë are one name; their counts for 2020 F are summed. Zoë 3 + ZOË 2 = 5");
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }
}
