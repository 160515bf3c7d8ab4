package dev.catchment.names;

import static dev.catchment.names.Published.FORMATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded file, from its bytes to the figures in the database, against what independent programs read in it. All
 * figures go to {@code target/names-report.txt}; skipped where the recorded files are not beside the project.
 */
class OracleTest {
    @RegisterExtension
    static final NamesRig names = new NamesRig();

    private static final OracleReport REPORT = new OracleReport();
    /** The two were exchanged by whoever copied them. */
    private static final Map<String, Gender> SWAPPED = Map.of(
            "au-sa/cusersjacksm01desktopfemalecy2017top.csv", Gender.M,
            "au-sa/cusersjacksm01desktopmalecy2017top.csv", Gender.F);
    /** Files of which no program counted each year, or whose figures other files of the publisher bear out. */
    private static final List<String> BEYOND_THE_ORACLE = List.of(
            "us-ssa-state/AK.TXT",
            "us-ssa-state/DC.TXT",
            "us-ssa-state/DE.TXT",
            "gb-nrs/babies-first-names-20-full-list.zip",
            "gb-ons/wide-1996-2015-boys-cr-only.csv",
            "ca-bc/bc-popular-boys-names.csv",
            "ca-bc/bc-popular-girls-names.csv");

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

    private static NamesFile open(String file) throws IOException {
        LoadOrder order = order(file);
        return NamesFile.open(order.file(), order.file().getFileName().toString(), order.hints());
    }

    @Test
    void every_file_is_loaded_with_the_figures_of_the_oracle_or_better_ones() throws IOException {
        Map<String, List<Oracle.Line>> lines = Oracle.lines().stream()
                .filter(line -> !line.file().startsWith("us-ssa/"))
                .collect(Collectors.groupingBy(Oracle.Line::file, TreeMap::new, Collectors.toList()));
        List<String> files = Stream.concat(lines.keySet().stream(), BEYOND_THE_ORACLE.stream())
                .toList();
        Map<String, Map<Figured.Key, Figured>> loaded = load(files);

        REPORT.section("through the inbox and the queue into the database");
        lines.forEach((file, all) -> {
            all.forEach(line ->
                    REPORT.compare(line, loaded.get(file).get(line.key())));
            assertThat(loaded.get(file)).as(file).hasSameSizeAs(all);
        });
        List<Oracle.Line> compared = lines.values().stream().flatMap(List::stream).toList();
        assertThat(REPORT.unexplained(compared)).isEmpty();
        assertThat(compared).hasSize(918);
        for (String file : SWAPPED.keySet()) {
            Figured.Key other = new Figured.Key(2017, SWAPPED.get(file));
            assertThat(loaded.get(file)).containsExactly(Map.entry(other, lines.get(file).get(0).figured()));
        }
        the_wide_table_says_what_the_yearly_ones_say(lines, loaded);
        nothing_is_lost_on_the_way(files, loaded);
    }

    /** All are taken in before any is worked on: releases of one source replace one another. */
    private static Map<String, Map<Figured.Key, Figured>> load(List<String> files) {
        Map<String, Map<String, Object>> taken = new HashMap<>();
        for (String file : files) {
            taken.put(file, names.takeIn(order(file)).get(0));
        }
        names.work();
        Map<String, Map<Figured.Key, Figured>> loaded = new HashMap<>();
        taken.forEach((file, dataset) -> {
            assertThat(NamesRig.job(dataset.get("job_id"))).as(file).containsEntry("status", "completed");
            loaded.put(file, Figured.inDatabase(dataset.get("dataset_id").toString()));
        });
        return loaded;
    }

    private static void the_wide_table_says_what_the_yearly_ones_say(
            Map<String, List<Oracle.Line>> lines, Map<String, Map<Figured.Key, Figured>> loaded) {
        for (String year : List.of("1996", "2003", "2014")) {
            Oracle.Line line = lines.get("gb-ons/" + year + "boysnames.xls").get(0);
            assertThat(loaded.get("gb-ons/wide-1996-2015-boys-cr-only.csv")).containsEntry(line.key(), line.figured());
        }
    }

    /** What the parser found is what the database has, name by name and birth by birth. */
    private static void nothing_is_lost_on_the_way(
            List<String> files, Map<String, Map<Figured.Key, Figured>> loaded) throws IOException {
        REPORT.section("births in the file and in the database");
        for (String file : files) {
            Map<Figured.Key, Figured> read = read(file);
            REPORT.note("%-66s %d %d".formatted(file, births(read), births(loaded.get(file))));
            assertThat(loaded.get(file)).as(file).isEqualTo(read);
        }
        assertThat(TestDatabase.texts("select position from ops.rejects where severity = 'error'"))
                .containsExactly("ontario_top_baby_names_male_1917-2019_en_fr.csv line 77930");
        TestDatabase.texts("select key || ' ' || record from ops.rejects where severity = 'warning' order by 1")
                .forEach(summed -> REPORT.note("stands more than once: " + summed));
    }

    private static long births(Map<Figured.Key, Figured> figured) {
        return figured.values().stream().mapToLong(Figured::sum).sum();
    }

    private static Map<Figured.Key, Figured> read(String file) throws IOException {
        NamesFile opened = open(file);
        Publication publication = FORMATS.recognise(opened).get(0);
        return Figured.of(FORMATS.named(publication.format()).read(opened, publication));
    }

    /** Four million rows are too many for a test of every day; the benchmark loads them. */
    @Test
    void both_national_editions_of_the_ssa_are_read_as_the_oracle_reads_them() throws IOException {
        REPORT.section("as they are read");
        Map<String, List<Oracle.Line>> editions = Oracle.lines().stream()
                .filter(line -> line.file().startsWith("us-ssa/"))
                .collect(Collectors.groupingBy(Oracle.Line::archive, TreeMap::new, Collectors.toList()));
        for (String edition : editions.keySet()) {
            Map<Figured.Key, Figured> read = read(edition);
            editions.get(edition).forEach(line -> REPORT.compare(line, read.remove(line.key())));
            assertThat(read).as("beyond the oracle").isEmpty();
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
        refused(bare, "ca-ns", "brought as ca-ns", "its content is that of ca-nb");
        refused(named, "ca-ns", "named for Nova Scotia", "New Brunswick's table");
        for (String file : SWAPPED.keySet()) {
            refused(Oracle.DATA.resolve(file), "au-sa", "the file's name says", "a look at the names in it says");
        }
        assertThat(TestDatabase.rows("select * from names.datasets")).isEmpty();
    }

    private static void refused(Path file, String source, String... reasons) {
        LoadOrder order = new LoadOrder(file, new Hints(source, null, null), "test", false, false);
        assertThatThrownBy(() -> names.takeIn(order))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("Nothing of " + file.getFileName() + " was loaded. ")
                .satisfies(refusal -> REPORT.note(refusal.getMessage()))
                .message()
                .contains(reasons);
    }
}
