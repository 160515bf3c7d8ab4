package dev.catchment.names;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of one publisher under the name of another one: whichever comes second is refused, however close they come. */
class CopyTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static Path file(String name, String heading) {
        List<String> lines = new ArrayList<>(List.of(heading));
        IntStream.range(0, 30)
                .forEach(i -> lines.add("2020,F,GIRL" + (char) ('A' + i % 26) + i / 26 + "," + (100 - i)));
        return NAMES.file(name, lines.toArray(String[]::new));
    }

    private static Object takenIn(String name, String heading) {
        return NAMES.takeIn(file(name, heading)).get(0).get("job_id");
    }

    /** Both have read all of their file and looked for copies before either of them may make its figures count. */
    @Test
    void of_two_workers_that_load_the_same_figures_at_once_one_is_refused() throws Exception {
        List<Object> jobs = List.of(
                takenIn("NovaScotia.csv", "YEAR,SEX,FIRST NAME,COUNT"),
                takenIn("NewBrunswick.csv", "Year / Année,Sex / Sexe,Name / Nom,Count / Total"));
        CompletableFuture<Void> both;
        try (Connection held = TestDatabase.get().dataSource().getConnection();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("lock table names.slices in share mode");
            both = CompletableFuture.allOf(
                    CompletableFuture.runAsync(NAMES::work), CompletableFuture.runAsync(NAMES::work));
            Await.until(
                    "both workers wait", () -> number("select count(*) from pg_locks where not granted"), n -> n == 2);
            held.rollback();
        }
        both.get(5, TimeUnit.MINUTES);

        assertThat(jobs.stream().map(NamesRig::job).toList())
                .extracting(job -> job.get("status"))
                .containsExactlyInAnyOrder("completed", "failed");
        Map<String, Object> refused = jobs.stream()
                .map(NamesRig::job)
                .filter(job -> job.get("status").equals("failed"))
                .findAny()
                .orElseThrow();
        assertThat(refused.get("error").toString())
                .contains("are, name by name, those that ca-n", "published for 2020");
        assertThat(NamesRig.figures()).hasSize(30);
    }
}
