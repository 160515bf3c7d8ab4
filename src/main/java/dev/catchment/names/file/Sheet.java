package dev.catchment.names.file;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A sheet of a workbook. */
public interface Sheet {
    String name();

    /** Its first rows that have a text; 40 at the most. */
    List<Row> head() throws IOException;

    /** All its rows that have a text, read as they are asked for; to be closed. */
    Stream<Row> rows() throws IOException;
}
