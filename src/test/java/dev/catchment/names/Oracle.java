package dev.catchment.names;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The recorded files, and what independent programs read in them. */
final class Oracle {
    static final Path DATA = Path.of("../shared/data/names");

    /** EXPECTED.tsv leaves these out; counted by a script of its own over the XML of their sheets. */
    private static final String WORKBOOKS_OF_AUSTRALIA = """
            au-vic/Top 100 Baby Names 2008.xlsx;2008;F;100;13939;Mia;489;56
            au-vic/Top 100 Baby Names 2008.xlsx;2008;M;100;18003;William;574;76
            au-vic/Top-100-Baby-names-2019.xlsx;2019;F;100;15153;Olivia;419;66
            au-vic/Top-100-Baby-names-2019.xlsx;2019;M;100;17655;Oliver;537;82
            au-vic/Top-100-Baby-Names-Victoria-2020.xlsx;2020;F;100;14322;Charlotte;413;59
            au-vic/Top-100-Baby-Names-Victoria-2020.xlsx;2020;M;100;16371;Oliver;546;74
            au-vic/Top-100-Baby-Names-Victoria-2023.xlsx;2023;F;100;12792;Amelia;333;52
            au-vic/Top-100-Baby-Names-Victoria-2023.xlsx;2023;M;100;14667;Oliver;514;67
            au-tas/top-baby-names-for-2016.xlsx;2016;F;134;1640;charlotte;55;5
            au-tas/top-baby-names-for-2016.xlsx;2016;M;144;1977;oliver;66;5
            """;

    /** @param file its path below the data; {@code names.zip!yob1880.txt} for an entry of a zip */
    record Line(String file, Figured.Key key, Figured figured) {
        String archive() {
            return file.replaceFirst("!.*", "");
        }

        String where() {
            return file + " " + key.year() + " " + key.gender();
        }
    }

    private Oracle() {}

    /** Skips the test, and says so, where the files are not beside the project. */
    static void mustBeHere() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "recorded data is not here: " + DATA);
    }

    /** A recorded file, without loading it; to be closed. */
    static Stream<FileEntry> read(String file) throws IOException {
        Path path = DATA.resolve(file);
        NamesFile opened = NamesFile.open(path, path.getFileName().toString(), Hints.NONE);
        Publication publication = Published.FORMATS.recognise(opened).get(0);
        return Published.FORMATS.named(publication.format()).read(opened, publication);
    }

    /** One line for each file, year and gender. */
    static List<Line> lines() throws IOException {
        Stream<String[]> expected = Files.readAllLines(DATA.resolve("EXPECTED.tsv")).stream()
                .skip(1)
                .map(line -> line.substring(line.indexOf('\t') + 1).split("\t", -1));
        Stream<String[]> counted = WORKBOOKS_OF_AUSTRALIA.lines().map(line -> line.split(";"));
        return Stream.concat(expected, counted).map(Oracle::line).toList();
    }

    private static Line line(String... cells) {
        Figured figured = new Figured(
                Integer.parseInt(cells[3]),
                Long.parseLong(cells[4]),
                cells[5],
                Integer.parseInt(cells[6]),
                Integer.parseInt(cells[7]));
        return new Line(cells[0], new Figured.Key(Integer.parseInt(cells[1]), Gender.valueOf(cells[2])), figured);
    }
}
