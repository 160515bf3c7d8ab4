package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every workbook as its publisher gave it, against figures counted by another program; skipped where the files are not
 * beside the project. What was found goes to {@code target/names-report-excel.txt}.
 */
class PublishedWorkbooksTest {
    private static final Path DATA = Path.of("../shared/data/names");
    private static final Path REPORT = Path.of("target/names-report-excel.txt");
    private static final List<Format> FORMATS =
            List.of(new GbOns(), new GbOnsWide(), new GbNisra(), new AuVictoria(), new AuTasmania());
    private static final List<String> LINES = new ArrayList<>();

    /** The oracle leaves Australia out; counted by a script of its own over the XML of the sheets. */
    private static final String AUSTRALIA = """
            au-vic/Top 100 Baby Names 2008.xlsx;2008 F;100 names, 13939 babies, top Mia, 489 to 56
            au-vic/Top 100 Baby Names 2008.xlsx;2008 M;100 names, 18003 babies, top William, 574 to 76
            au-vic/Top-100-Baby-names-2019.xlsx;2019 F;100 names, 15153 babies, top Olivia, 419 to 66
            au-vic/Top-100-Baby-names-2019.xlsx;2019 M;100 names, 17655 babies, top Oliver, 537 to 82
            au-vic/Top-100-Baby-Names-Victoria-2020.xlsx;2020 F;100 names, 14322 babies, top Charlotte, 413 to 59
            au-vic/Top-100-Baby-Names-Victoria-2020.xlsx;2020 M;100 names, 16371 babies, top Oliver, 546 to 74
            au-vic/Top-100-Baby-Names-Victoria-2023.xlsx;2023 F;100 names, 12792 babies, top Amelia, 333 to 52
            au-vic/Top-100-Baby-Names-Victoria-2023.xlsx;2023 M;100 names, 14667 babies, top Oliver, 514 to 67
            au-tas/top-baby-names-for-2016.xlsx;2016 F;134 names, 1640 babies, top charlotte, 55 to 5
            au-tas/top-baby-names-for-2016.xlsx;2016 M;144 names, 1977 babies, top oliver, 66 to 5
            """;

    @BeforeEach
    void the_files_are_there() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "no published files in " + DATA);
    }

    @Test
    void england_wales_and_northern_ireland_come_to_what_the_oracle_says() throws IOException {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        Files.readAllLines(DATA.resolve("EXPECTED.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[1].endsWith(".xls") || cells[1].endsWith(".xlsx"))
                .forEach(cells -> expected.computeIfAbsent(cells[1], file -> new TreeMap<>())
                        .put(
                                cells[2] + " " + cells[3],
                                "%s names, %s babies, top %s, %s to %s"
                                        .formatted(cells[4], cells[5], cells[6], cells[7], cells[8])));
        assertThat(expected).hasSize(17);
        compare(expected);
    }

    @Test
    void victoria_and_tasmania_come_to_what_their_sheets_say() throws IOException {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        AUSTRALIA
                .lines()
                .map(line -> line.split(";"))
                .forEach(cells -> expected.computeIfAbsent(cells[0], file -> new TreeMap<>())
                        .put(cells[1], cells[2]));
        compare(expected);
    }

    @Test
    void the_historical_workbook_is_refused() throws IOException {
        NamesFile file = Workbooks.file(DATA.resolve("gb-ons/historicalnames2024.xlsx"), Hints.NONE);
        assertThatThrownBy(() -> new GbOns().recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .satisfies(refusal -> LINES.add(file.name() + "\n  refused: " + refusal.getMessage()));
        for (Format other : FORMATS.subList(1, FORMATS.size())) {
            assertThat(other.recognise(file)).as(other.name()).isEmpty();
        }
    }

    private static void compare(Map<String, Map<String, String>> expected) throws IOException {
        for (String file : expected.keySet()) {
            Map<String, String> oracle = expected.get(file);
            Tally tally = tally(file);
            for (String key : tally.keys()) {
                LINES.add("  " + key + ": " + tally.figures(key)
                        + (tally.figures(key).equals(oracle.get(key)) ? "" : "; THE ORACLE SAYS " + oracle.get(key)));
            }
            assertThat(tally.unusable()).as(file).isEmpty();
            assertThat(tally.keys()).as(file).isEqualTo(oracle.keySet());
            assertThat(tally.keys())
                    .allSatisfy(key ->
                            assertThat(tally.figures(key)).as(file + " " + key).isEqualTo(oracle.get(key)));
        }
    }

    /** Exactly one format must recognise it. */
    private static Tally tally(String name) throws IOException {
        NamesFile file = Workbooks.file(DATA.resolve(name), Hints.NONE);
        List<Format> recognised = new ArrayList<>();
        for (Format format : FORMATS) {
            if (!format.recognise(file).isEmpty()) {
                recognised.add(format);
            }
        }
        assertThat(recognised).as(name).hasSize(1);
        Format format = recognised.get(0);
        try (Stream<Entry> entries = format.read(file, format.recognise(file).get(0))) {
            Tally tally = Tally.of(entries);
            LINES.add(name + "\n  " + format.name() + ", passed over: " + tally.passed());
            return tally;
        }
    }

    @AfterAll
    static void the_report_is_written() throws IOException {
        Files.write(REPORT, LINES);
    }
}
