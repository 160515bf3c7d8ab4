package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded file, from its bytes to the figures in the database, against what independent programs read in it. All
 * figures go to {@code target/names-report.txt}; skipped where the recorded files are not beside the project.
 */
class OracleTest {
    @RegisterExtension
    static final NamesRig RIG = new NamesRig();

    private static final OracleReport REPORT = new OracleReport();
    /** The two were exchanged by whoever copied them. */
    private static final Map<String, Gender> SWAPPED = Map.of(
            "au-sa/cusersjacksm01desktopfemalecy2017top.csv", Gender.M,
            "au-sa/cusersjacksm01desktopmalecy2017top.csv", Gender.F);

    @BeforeAll
    static void the_recorded_files_are_here() {
        Oracle.mustBeHere();
    }

    @AfterAll
    static void the_report_is_written() throws IOException {
        REPORT.write(Path.of("target/names-report.txt"));
    }

    private static LoadOrder order(String file) {
        Hints hints = new Hints(file.replaceFirst("/.*", ""), null, SWAPPED.get(file));
        return new LoadOrder(Oracle.DATA.resolve(file), hints, "test", false, false);
    }

    private static Map<String, List<Oracle.Line>> lines(Predicate<Oracle.Line> which) throws IOException {
        return Oracle.lines().stream()
                .filter(which)
                .collect(Collectors.groupingBy(Oracle.Line::archive, TreeMap::new, Collectors.toList()));
    }

    /** @return the dataset of each */
    private static Map<String, Map<String, Object>> load(Set<String> files) {
        Map<String, Map<String, Object>> datasets = new TreeMap<>();
        Collection<String> ofEachCountryOne = files.stream()
                .collect(Collectors.toMap(file -> file.substring(0, 2), file -> file, (first, other) -> first))
                .values();
        ofEachCountryOne.forEach(
                file -> datasets.put(file, RIG.takeIn(order(file)).get(0)));
        RIG.work();
        TestDatabase.execute("analyze names.names"); // as the server does by itself where it is not a test
        files.forEach(file ->
                datasets.computeIfAbsent(file, other -> RIG.takeIn(order(other)).get(0)));
        RIG.work();
        return datasets;
    }

    /** What a dataset came to; not a birth of what was read is missing. */
    private static Map<Figured.Key, Figured> figured(String file, Map<String, Object> dataset) {
        Map<String, Object> job = NamesRig.job(dataset.get("job_id"));
        assertThat(job).as(file).containsEntry("status", "completed");
        Map<Figured.Key, Figured> figured =
                Figured.inDatabase(dataset.get("dataset_id").toString());
        long births = figured.values().stream().mapToLong(Figured::sum).sum();
        REPORT.note("%nbirths in %s: %s, in the database: %d".formatted(file, job.get("births"), births));
        assertThat(job).as(file).containsEntry("births", births);
        return figured;
    }

    private static void compare(Map<Figured.Key, Figured> figured, String file, List<Oracle.Line> lines) {
        lines.forEach(line -> REPORT.compare(line, figured.get(line.key())));
        assertThat(figured).as(file).hasSameSizeAs(lines);
        assertThat(REPORT.unexplained(lines)).isEmpty();
        if (SWAPPED.containsKey(file)) {
            Figured.Key other = new Figured.Key(2017, SWAPPED.get(file));
            assertThat(figured).containsExactly(Map.entry(other, lines.get(0).figured()));
        }
    }

    /** Some ten seconds; on a machine that does other things besides, a minute is not enough. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void every_file_is_loaded_with_the_figures_of_the_oracle_or_better_ones() throws IOException {
        Map<String, List<Oracle.Line>> files = lines(line -> !line.file().startsWith("us-ssa/"));
        REPORT.section("through the intake and the queue into the database");
        load(files.keySet()).forEach((file, dataset) -> compare(figured(file, dataset), file, files.get(file)));
        assertThat(TestDatabase.texts("select position from ops.rejects where severity = 'error'"))
                .containsExactly("ontario_top_baby_names_male_1917-2019_en_fr.csv line 77930");
        TestDatabase.texts("select message || ' ' || record from ops.rejects where severity = 'warning' order by 1")
                .forEach(REPORT::note);
    }

    /** Four million rows are too many for a test of every day; the benchmark loads them. */
    @Test
    void both_national_editions_of_the_ssa_are_read_as_the_oracle_reads_them() throws IOException {
        REPORT.section("as they are read");
        Map<String, List<Oracle.Line>> editions = lines(line -> line.file().startsWith("us-ssa/"));
        for (String edition : editions.keySet()) {
            Map<Figured.Key, Figured> read = Figured.of(Oracle.read(edition));
            editions.get(edition).forEach(line -> REPORT.compare(line, read.remove(line.key())));
            assertThat(read).isEmpty();
            assertThat(REPORT.unexplained(editions.get(edition))).isEmpty();
        }
    }

    @Test
    void what_must_not_be_loaded_is_refused_with_its_reason(@TempDir Path folder) throws IOException {
        REPORT.section("refused by the intake");
        Path bare = Files.copy(Oracle.DATA.resolve("ca-nb/NB_Top_20_1980-2018.csv"), folder.resolve("names.csv"));
        Path named = Files.copy(bare, folder.resolve("NS_Top_Twenty.csv"));
        refused(Oracle.DATA.resolve("ca-nl/Top100BabyNames2003_2020.csv"), null, "ranks and no counts");
        refused(Oracle.DATA.resolve("gb-ons/historicalnames2024.xlsx"), "gb-ons", "ranks only, no counts");
        refused(bare, "ca-ns", "given as ca-ns", "its content is that of ca-nb");
        refused(named, "ca-ns", "named for Nova Scotia", "New Brunswick's table");
        for (String file : SWAPPED.keySet()) {
            refused(Oracle.DATA.resolve(file), "au-sa", "the file's name says", "a look at the names in it says");
        }
        assertThat(TestDatabase.rows("select * from names.datasets")).isEmpty();
    }

    private static void refused(Path file, String source, String... reasons) {
        LoadOrder order = new LoadOrder(file, new Hints(source, null, null), "test", false, false);
        assertThatThrownBy(() -> RIG.takeIn(order))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("Nothing of " + file.getFileName() + " was loaded. ")
                .satisfies(refusal -> REPORT.note(refusal.getMessage()))
                .message()
                .contains(reasons);
    }
}
