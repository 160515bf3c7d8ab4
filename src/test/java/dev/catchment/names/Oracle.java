package dev.catchment.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The recorded files, and what an independent program read in them. */
final class Oracle {
    static final Path DATA = Path.of("../shared/data/names");

    /** @param file its path below the data; {@code names.zip!yob1880.txt} for an entry of a zip */
    record Line(String file, Figured.Key key, Figured figured, String note) {
        String archive() {
            return file.replaceFirst("!.*", "");
        }
    }

    private Oracle() {}

    /** Skips the test, and says so, where the files are not beside the project. */
    static void mustBeHere() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "recorded data is not here: " + DATA);
    }

    static NamesFile open(String file, Hints hints) throws IOException {
        Path path = DATA.resolve(file);
        return NamesFile.open(path, path.getFileName().toString(), hints);
    }

    /** One line for each file, year and gender. */
    static List<Line> lines() throws IOException {
        try (var lines = Files.lines(DATA.resolve("EXPECTED.tsv"))) {
            return lines.skip(1).map(line -> line(line.split("\t", -1))).toList();
        }
    }

    private static Line line(String[] cells) {
        return new Line(
                cells[1],
                new Figured.Key(Integer.parseInt(cells[2]), Gender.valueOf(cells[3])),
                new Figured(
                        Integer.parseInt(cells[4]),
                        Long.parseLong(cells[5]),
                        cells[6],
                        Integer.parseInt(cells[7]),
                        Integer.parseInt(cells[8])),
                cells[9]);
    }
}
