package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.support.NamesRig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded files against each other: what is cut or another publisher's is held, what is the same counts. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecordedLikenessTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @BeforeAll
    static void the_recorded_files_are_here() {
        Oracle.mustBeHere();
    }

    private static Map<String, Object> load(Path file, String source) {
        Hints hints = new Hints(source, null, null);
        return NAMES.load(new LoadOrder(file, hints, "test", false, false)).get(0);
    }

    private static Map<String, Object> load(String file) {
        return load(Oracle.DATA.resolve(file), file.replaceFirst("/.*", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "ca-ns/NovaScotia_1920_Current.csv, 40000",
        "ca-ns/NovaScotia_1920_Current.csv, 7000",
        "ca-nb/NB_Top_20_1980-2018.csv, 12000",
        "au-qld/20180718_BDM_Top-100-Baby-Names-1960-to-2005.csv, 100000",
        "au-qld/top-100-baby-names-2023.csv, 1000",
        "au-nsw/popular_baby_names_1952_to_2024.csv, 180000",
        "au-sa/malecy2016top.csv, 20000",
        "ca-bc/bc-popular-girls-names.csv, 200000",
        "us-ssa-state/DC.TXT, 200000"
    })
    void what_is_cut_off_is_held(String file, int bytes) throws IOException {
        assertThat(load(file)).containsEntry("status", "completed");
        List<String> before = NamesRig.figures();
        Path whole = Oracle.DATA.resolve(file);
        assertThat(Files.size(whole)).isGreaterThan(bytes);
        Path cut = NAMES.folder().resolve(whole.getFileName());
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(whole), bytes));

        Map<String, Object> job = load(cut, file.replaceFirst("/.*", ""));
        assertThat(job).containsEntry("status", "failed");
        assertThat(job.get("error").toString()).contains("--force");
        assertThat(NamesRig.figures()).isEqualTo(before);
    }

    /** Each is written anew under the same common heading, and brought as the other. */
    @ParameterizedTest
    @CsvSource({
        "au-qld/20180718_BDM_Top-100-Baby-Names-1960-to-2005.csv, au-nsw/popular_baby_names_1952_to_2024.csv",
        "au-nsw/popular_baby_names_1952_to_2024.csv, au-qld/20180718_BDM_Top-100-Baby-Names-1960-to-2005.csv",
        "ca-ns/NovaScotia_1920_Current.csv, ca-nb/NB_Top_20_1980-2018.csv",
        "ca-nb/NB_Top_20_1980-2018.csv, ca-ns/NovaScotia_1920_Current.csv",
        "gb-nrs/babies-first-names-top-100-boys.csv, au-nsw/popular_baby_names_1952_to_2024.csv"
    })
    void what_another_published_is_held(String held, String other) throws IOException {
        assertThat(load(held)).containsEntry("status", "completed");
        List<String> before = NamesRig.figures();
        String rows;
        try (Stream<FileEntry> entries = read(other)) {
            rows = entries.filter(FileEntry.Figure.class::isInstance)
                    .map(FileEntry.Figure.class::cast)
                    .map(one -> "%s,%d,%s,%d".formatted(one.name(), one.count(), one.gender(), one.year()))
                    .collect(Collectors.joining("\n", "name,number,sex,year\n", "\n"));
        }
        Path file = Files.writeString(NAMES.folder().resolve("names.csv"), rows, StandardCharsets.UTF_8);
        Hints forced = new Hints(held.replaceFirst("/.*", ""), null, null, true);
        assertThat(Published.FORMATS.recognise(NamesFile.open(file, "names.csv", forced)))
                .hasSize(1);
        // What is known of its publisher gives it away at once; one figure that is known less, and it is compared.
        Path unknown = Files.writeString(
                NAMES.folder().resolve("unknown.csv"),
                rows.lines()
                        .map(line -> line.matches(
                                        "(?i)(christine|john|jessica|matthew|karen|peter|rebecca|mary|lisa|david),.*")
                                ? "X" + line
                                : line)
                        .collect(Collectors.joining("\n", "", "\n")));
        Map<String, Object> job = load(unknown, held.replaceFirst("/.*", ""));
        assertThat(job).containsEntry("status", "failed");
        assertThat(job.get("error").toString()).contains("It resembles too little what it would replace");
        assertThat(NamesRig.figures()).isEqualTo(before);
    }

    private static Stream<FileEntry> read(String file) throws IOException {
        Path path = Oracle.DATA.resolve(file);
        Hints hints = new Hints(file.replaceFirst("/.*", ""), null, null);
        NamesFile opened = NamesFile.open(path, path.getFileName().toString(), hints);
        Publication publication = Published.FORMATS.recognise(opened).get(0);
        return Published.FORMATS.named(publication.format()).read(opened, publication);
    }

    @Test
    void what_the_same_publisher_says_elsewhere_counts_in_either_order() {
        String wide = "gb-ons/wide-1996-2015-boys-cr-only.csv";
        for (String file :
                List.of("gb-ons/1996boysnames.xls", wide, "gb-ons/2003boysnames.xls", "gb-ons/2014boysnames.xls")) {
            assertThat(load(file)).as(file).containsEntry("status", "completed");
        }
    }

    @Test
    void a_full_list_takes_the_place_of_the_first_hundred_and_is_not_replaced_by_it() {
        for (String file : List.of("boys", "girls")) {
            assertThat(load("gb-nrs/babies-first-names-top-100-" + file + ".csv"))
                    .containsEntry("status", "completed");
        }
        assertThat(load("gb-nrs/babies-first-names-20-full-list.zip")).containsEntry("status", "completed");
    }
}
