package dev.catchment.names;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real files against what an independent program read in them; skipped where the recorded data is not there. */
class NamesOracleTextTest {
    private static final String SWAPPED_F = "au-sa/cusersjacksm01desktopfemalecy2017top.csv";
    private static final String SWAPPED_M = "au-sa/cusersjacksm01desktopmalecy2017top.csv";
    private static final String ONTARIO = "ca-on/ontario_top_baby_names_";
    private static final String PADDED = "we are right: the blanks that pad the names of 2018 are no part of them";
    private static final Map<String, String> RIGHTLY = Map.of(
            SWAPPED_F + " 2017 F",
            "we are right: OLIVER, WILLIAM, JACK are no girls; the oracle believes the file's name",
            SWAPPED_M + " 2017 M",
            "we are right: CHARLOTTE, AVA, ISLA are no boys; the oracle believes the file's name",
            ONTARIO + "female_1917-2019_en_fr.csv 2018 F",
            PADDED,
            ONTARIO + "male_1917-2019_en_fr.csv 2018 M",
            PADDED,
            ONTARIO + "male_1917-2019_en_fr.csv 2019 M",
            "we are right: 8 births stand in line 77930 without a name; the oracle counts them as a name");

    @BeforeAll
    static void the_recorded_files_are_here() {
        Oracle.mustBeHere();
    }

    @Test
    void gives_the_figures_of_the_oracle_or_better_ones() throws IOException {
        OracleReport report = new OracleReport(RIGHTLY);
        Map<String, List<Oracle.Line>> files = Oracle.lines().stream()
                .filter(line -> !line.archive().matches(".*\\.xlsx?"))
                .collect(Collectors.groupingBy(Oracle.Line::archive, TreeMap::new, Collectors.toList()));
        int beyond = 0;
        for (Map.Entry<String, List<Oracle.Line>> file : files.entrySet()) {
            Map<Figured.Key, Figured> figured = figured(file.getKey(), report);
            file.getValue().forEach(line -> report.compare(line, figured.remove(line.key())));
            beyond += figured.size();
        }
        report.write(Path.of("target/names-report-texts.txt"));
        assertThat(report.differing()).containsExactlyElementsOf(new TreeMap<>(RIGHTLY).keySet());
        assertThat(report.same()).isEqualTo(1403);
        assertThat(beyond).as("years and genders the oracle does not know").isZero();
    }

    /** @return nothing if it is refused */
    private static Map<Figured.Key, Figured> figured(String file, OracleReport report) throws IOException {
        Map<Figured.Key, Figured> figured = new HashMap<>();
        NamesFile opened = Oracle.open(file, Hints.NONE);
        try {
            for (Publication publication : FORMATS.recognise(opened)) {
                figured.putAll(Figured.of(FORMATS.named(publication.format()).read(opened, publication)));
            }
        } catch (PermanentFailure e) {
            report.note(file + ": " + e.getMessage());
        }
        return figured;
    }

    @Test
    void loads_the_exchanged_files_under_the_gender_their_names_are_of() throws IOException {
        for (Oracle.Line line : Oracle.lines()) {
            if (line.file().equals(SWAPPED_F) || line.file().equals(SWAPPED_M)) {
                Gender other = line.key().gender() == Gender.F ? Gender.M : Gender.F;
                NamesFile file = Oracle.open(line.file(), new Hints(null, null, other));
                Publication publication = FORMATS.recognise(file).get(0);
                assertThat(Figured.of(FORMATS.named("au_sa").read(file, publication)))
                        .containsExactly(Map.entry(new Figured.Key(2017, other), line.figured()));
            }
        }
    }

    @Test
    void finds_no_unusable_row_but_the_one_without_a_name() throws IOException {
        List<String> unusable = new ArrayList<>();
        for (String file : texts()) {
            unusable.addAll(read(Oracle.open(file, Hints.NONE)).unusable());
        }
        assertThat(unusable).containsExactly("bad-name: ontario_top_baby_names_male_1917-2019_en_fr.csv line 77930");
    }

    private static List<String> texts() throws IOException {
        List<String> beyondTheOracle = List.of(
                "us-ssa-state/AK.TXT",
                "us-ssa-state/DC.TXT",
                "us-ssa-state/DE.TXT",
                "gb-nrs/babies-first-names-20-full-list.zip",
                "gb-ons/wide-1996-2015-boys-cr-only.csv",
                "ca-bc/bc-popular-boys-names.csv",
                "ca-bc/bc-popular-girls-names.csv");
        return Stream.concat(
                        beyondTheOracle.stream(),
                        Oracle.lines().stream()
                                .map(Oracle.Line::archive)
                                .filter(file -> !file.matches(".*\\.xlsx?|us-ssa/.*|.*2017top.csv"))
                                .distinct())
                .toList();
    }

    /** The wide table of the ONS says of three years what their own workbooks say. */
    @Test
    void reads_in_the_wide_table_what_the_oracle_read_in_the_yearly_ones() throws IOException {
        NamesFile file = Oracle.open("gb-ons/wide-1996-2015-boys-cr-only.csv", Hints.NONE);
        Publication publication = FORMATS.recognise(file).get(0);
        Map<Figured.Key, Figured> wide = Figured.of(FORMATS.named("gb_ons_wide").read(file, publication));
        List<Oracle.Line> yearly = Oracle.lines().stream()
                .filter(line -> line.file().matches("gb-ons/(1996|2003|2014)boysnames\\.xls"))
                .toList();
        assertThat(yearly).hasSize(3).allSatisfy(line -> assertThat(wide).containsEntry(line.key(), line.figured()));
    }

    /** Its hundred first are those of the table of all years. */
    @Test
    void reads_in_the_full_list_of_scotland_what_the_oracle_read_in_its_first_hundred() throws IOException {
        NamesFile file = Oracle.open("gb-nrs/babies-first-names-20-full-list.zip", Hints.NONE);
        List<Entry> all = read(file).entries();
        List<Oracle.Line> hundred = Oracle.lines().stream()
                .filter(line -> line.file().startsWith("gb-nrs/") && line.key().year() == 2020)
                .toList();
        assertThat(hundred).hasSize(2);
        assertThat(hundred)
                .allSatisfy(line -> assertThat(Figured.of(all.stream()
                                .filter(entry -> entry instanceof Entry.Figure figure
                                        && figure.gender() == line.key().gender()
                                        && figure.count() >= line.figured().min())))
                        .containsExactly(Map.entry(line.key(), line.figured())));
    }

    @Test
    void refuses_what_holds_no_counts() {
        assertThat(refusal(() -> Oracle.open("ca-nl/Top100BabyNames2003_2020.csv", Hints.NONE)))
                .contains("ranks and no counts");
    }
}
