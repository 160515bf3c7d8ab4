package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** A text file, or one in a zip. */
public interface TextPart {
    /** Its base name. */
    String name();

    /** How its bytes were found to be encoded: UTF-8, windows-1252, UTF-16LE … */
    String charset();

    /** Its first lines, taken apart at commas (semicolons, tabs if there are more of them); 40 at the most. */
    List<Row> head() throws IOException;

    /** All its lines, read as they are asked for; to be closed. Blank lines are left out. */
    Stream<Row> rows(CSVFormat format) throws IOException;
}
