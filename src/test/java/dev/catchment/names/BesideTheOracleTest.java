package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.FileEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded files the oracle leaves out, borne out by others of the same publisher that it knows. */
class BesideTheOracleTest {
    private static final String WIDE = "gb-ons/wide-1996-2015-boys-cr-only.csv";
    private static final String FULL_LIST = "gb-nrs/babies-first-names-20-full-list.zip";

    @BeforeAll
    static void the_recorded_files_are_here() {
        Oracle.mustBeHere();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WIDE,
                FULL_LIST,
                "us-ssa-state/AK.TXT",
                "us-ssa-state/DC.TXT",
                "us-ssa-state/DE.TXT",
                "ca-bc/bc-popular-boys-names.csv",
                "ca-bc/bc-popular-girls-names.csv"
            })
    void holds_no_row_that_is_no_figure(String file) throws IOException {
        try (Stream<FileEntry> entries = Oracle.read(file)) {
            List<FileEntry> all = entries.toList();
            assertThat(all)
                    .noneMatch(FileEntry.Unusable.class::isInstance)
                    .anyMatch(FileEntry.Figure.class::isInstance);
        }
    }

    @Test
    void the_wide_table_of_the_ons_says_what_its_yearly_ones_say() throws IOException {
        List<Oracle.Line> yearly = Oracle.lines().stream()
                .filter(line -> line.file().matches("gb-ons/(1996|2003|2014)boysnames\\.xls"))
                .toList();
        Map<Figured.Key, Figured> wide = Figured.of(Oracle.read(WIDE));
        assertThat(yearly).hasSize(3).allSatisfy(line -> assertThat(wide).containsEntry(line.key(), line.figured()));
    }

    @Test
    void the_first_hundred_of_scotlands_full_list_are_those_of_the_table_of_all_years() throws IOException {
        List<Oracle.Line> hundred = Oracle.lines().stream()
                .filter(line -> line.file().startsWith("gb-nrs/") && line.key().year() == 2020)
                .toList();
        assertThat(hundred).hasSize(2);
        for (Oracle.Line line : hundred) {
            Stream<FileEntry> first = Oracle.read(FULL_LIST)
                    .filter(entry -> entry instanceof FileEntry.Figure figure
                            && figure.gender() == line.key().gender()
                            && figure.count() >= line.figured().min());
            assertThat(Figured.of(first)).containsExactly(Map.entry(line.key(), line.figured()));
        }
    }
}
