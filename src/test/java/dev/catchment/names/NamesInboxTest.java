package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are dropped, as the service takes them. */
class NamesInboxTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @Test
    void dropped_files_are_taken_in_put_away_and_loaded_by_the_workers() throws Exception {
        NAMES.withSchedules().service();
        Path source = Files.createDirectories(NAMES.inbox().resolve("au-sa"));
        Path sa = NAMES.file("a.csv", "Given Name,Amount,Position", "\"JOHN\",\"477\",\"1\"");
        Files.move(sa, source.resolve("male_cy1944_top.csv"));
        Files.move(NAMES.file("b.txt", "Mary,F,7065"), NAMES.inbox().resolve("yob1880.txt"));

        Await.until("both files count", () -> seen(), seen -> NamesRig.figures().size() == 2);
        Await.until("both are put away", NamesInboxTest::files, files -> files.contains("yob1880.txt.report.json"));
        assertThat(putAway("done", "male_cy1944_top.csv")).exists();
        assertThat(putAway("done", "yob1880.txt.report.json")).content().contains("\"us-ssa\"", "job_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"female male", "male female"})
    void boys_and_girls_in_a_file_each_count_in_either_order(String order) throws Exception {
        NAMES.withSchedules().service();
        int files = 0;
        for (String gender : order.split(" ")) { // one after the other, as it is the order that matters
            List<String> lines = new ArrayList<>(List.of("Given Name,Amount,Position"));
            for (String name : "CHARLIE RILEY JUDE ROWAN QUINN RIVER BLAKE ROBIN".split(" ")) {
                lines.add("\"%s\",\"%d\",\"1\"".formatted(name, gender.length() * 10));
            }
            String name = gender + "_cy2014_top.csv";
            Files.move(
                    NAMES.file("a.csv", lines.toArray(String[]::new)),
                    NAMES.inbox().resolve(name));
            int expected = ++files * 8;
            Await.until(name + " counts", NamesRig::figures, figures -> figures.size() == expected);
        }
    }

    @Test
    void a_table_that_could_be_anybodys_is_of_whom_its_folder_is_named_for() throws Exception {
        NAMES.withSchedules().service();
        String[] lines = {"name,number,sex,year", "Ada,7,F,1999"};
        Path source = Files.createDirectories(NAMES.inbox().resolve("au-nsw"));
        Files.move(NAMES.file("a.csv", lines), source.resolve("in-folder.csv"));
        Files.move(NAMES.file("b.csv", lines), NAMES.inbox().resolve("alone.csv"));

        Await.until("one counts", NamesRig::figures, figures -> figures.equals(List.of("1999 F Ada 7")));
        Await.until("the other is put away", () -> Files.exists(putAway("failed", "alone.csv")));
        assertThat(putAway("failed", "alone.csv.report.json")).content().contains("--source", "folder of the inbox");
        assertThat(putAway("done", "in-folder.csv.report.json")).content().contains("\"au-nsw\"");
    }

    @Test
    void a_file_that_nobody_publishes_is_put_away_with_the_reason() throws Exception {
        NAMES.withSchedules().service();
        Files.move(NAMES.file("c.txt", "no,statistics"), NAMES.inbox().resolve("notes.txt"));

        Await.until("it is put away", NamesInboxTest::files, files -> files.contains("notes.txt.report.json"));
        assertThat(putAway("failed", "notes.txt.report.json")).content().contains("notes.txt", "\"error\"");
    }

    /** All that is in the inbox and below it. */
    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(NAMES.inbox())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** What a failure has to tell apart: not taken, taken and waiting, loaded and stale. */
    private static String seen() throws IOException {
        return "files %s, jobs %s, figures %s"
                .formatted(files(), TestDatabase.rows("select * from names.jobs"), NamesRig.figures());
    }

    private static Path putAway(String outcome, String name) {
        String day = LocalDate.now(ZoneOffset.UTC).toString();
        return NAMES.inbox().resolve(outcome).resolve(day).resolve(name);
    }
}
