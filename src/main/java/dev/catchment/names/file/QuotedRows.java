package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The records of a text in which quotes stand, broken ones among them. */
final class QuotedRows extends Spliterators.AbstractSpliterator<Row> {
    private final String name;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long line;

    QuotedRows(String name, BufferedReader reader, CSVFormat format) throws IOException {
        super(Long.MAX_VALUE, ORDERED | NONNULL);
        this.name = name;
        this.parser = format.parse(reader);
        this.records = parser.iterator();
    }

    /** Takes {@code ""BABY"",1}, as some write a quote within quotes, for a cell and not for the end of the file. */
    static CSVFormat format(char delimiter) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setTrailingData(true)
                .get();
    }

    @Override
    public boolean tryAdvance(Consumer<? super Row> action) {
        try {
            if (!records.hasNext()) {
                return false;
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e;
            }
            throw new PermanentFailure("%s line %d or later: a quote is opened and never closed, so the end of its"
                            .formatted(name, line + 1)
                    + " cell is unknown. Correct it, or download the file again.");
        }
        List<String> cells = cells(records.next());
        line = parser.getCurrentLineNumber();
        action.accept(new Row(name + " line " + line, cells));
        return true;
    }

    /** In no publisher's table does a cell go over lines; if one does, a quote is astray, and the record one cell. */
    private static List<String> cells(CSVRecord record) {
        String[] cells = record.values();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].indexOf('\n') >= 0 || cells[i].indexOf('\r') >= 0) {
                return List.of(String.join(",", cells));
            }
            cells[i] = cells[i].strip();
        }
        return Arrays.asList(cells);
    }
}
