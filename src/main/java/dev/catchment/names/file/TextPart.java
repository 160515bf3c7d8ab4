package dev.catchment.names.file;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A text file, or one in a zip: a table whose lines are taken apart at commas, semicolons or tabs. */
public interface TextPart {
    /** Its base name. */
    String name();

    /** How its bytes were found to be encoded: UTF-8, windows-1252, UTF-16LE … */
    String charset();

    /** Its first lines; 40 at the most. */
    List<Row> head() throws IOException;

    /** All its lines, read as they are asked for; to be closed. Lines without a filled cell are left out. */
    Stream<Row> rows() throws IOException;

    /** Its bytes, unpacked. */
    long bytes();

    /** Those of them that {@link #rows} has read so far. */
    long bytesRead();
}
