package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.XlsWriter.Page;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Boys and girls in a file each, in every order on an empty database: what comes first says nothing of what follows. */
class GenuinePairsTest {
    /** Given to both, as every year has some. */
    private static final List<String> EITHER =
            List.of("Charlie", "Riley", "Frankie", "Harley", "Robin", "Jude", "Rowan", "Quinn", "River", "Blake");

    private static final List<String> GIRLS =
            List.of("Olivia", "Amelia", "Isla", "Ava", "Lily", "Emily", "Sophie", "Emma");
    private static final List<String> BOYS =
            List.of("Noah", "Oliver", "George", "Leo", "Jack", "Thomas", "James", "Liam");

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static List<String> figures(List<String> own, int most) {
        List<String> all = new ArrayList<>(own);
        all.addAll(EITHER);
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i) + "," + (most - 10 * i))
                .toList();
    }

    private static Path ons(String file, String title, List<String> figures) throws IOException {
        String rows = figures.stream()
                .map(figure -> "1 | " + figure.replace(",", " | ") + "\n")
                .collect(Collectors.joining());
        Page page = new Page("Table_6", title + "\nThis worksheet contains one table\nRank | Name | Count\n" + rows);
        return XlsxWriter.write(NAMES.folder().resolve(file), page);
    }

    private static Path sa(String file, List<String> figures) {
        List<String> lines = new ArrayList<>(List.of("Given Name,Amount,Position"));
        figures.forEach(figure -> lines.add(figure.toUpperCase() + ",1"));
        return NAMES.file(file, lines.toArray(String[]::new));
    }

    private static List<Path> genuine() throws IOException {
        String of = "Top names for baby %s, England and Wales, %d";
        return List.of(
                ons("boysnames2023.xlsx", of.formatted("boys", 2023), figures(BOYS, 4000)),
                ons("girlsnames2023.xlsx", of.formatted("girls", 2023), figures(GIRLS, 3000)),
                ons("1996girlsnames.xlsx", of.formatted("girls1", 1996) + "1", figures(GIRLS, 7000)),
                sa("male_cy2014_top.csv", figures(BOYS, 400)),
                sa("female_cy2014_top.csv", figures(GIRLS, 300)));
    }

    /** Two dozen loads: a minute is not enough on a machine that does other things besides. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void each_loads_in_whatever_order_and_a_false_one_never_does() throws IOException {
        List<String> expected = null;
        for (int seed = 0; seed < 4; seed++) {
            TestDatabase.empty();
            List<Path> files = new ArrayList<>(genuine());
            Path swapped =
                    ons("boysnames2022.xlsx", "Top names for baby boys, England and Wales, 2022", figures(GIRLS, 2900));
            files.add(swapped);
            Collections.shuffle(files, new Random(seed));
            for (Path file : files) {
                assertThat(NAMES.load(file).get(0))
                        .as("%s in %s", file.getFileName(), files)
                        .containsEntry("status", file.equals(swapped) ? "failed" : "completed");
            }
            expected = expected == null ? NamesRig.figures() : expected;
            assertThat(NamesRig.figures())
                    .as(files.toString())
                    .isEqualTo(expected)
                    .hasSize(5 * 18);
        }
    }
}
