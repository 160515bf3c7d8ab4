package dev.catchment.names.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.catchment.errors.PermanentFailure;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The records of a delimited text that have a filled cell, broken ones among them, and the line in which each begins. */
final class TextRows extends AbstractBaseCsvCallbackHandler<Row> {
    private static final int MOST_CHARACTERS = 1 << 21;

    private final String name;
    private String[] cells = new String[8];
    private boolean isAstray;

    private TextRows(String name) {
        this.name = name;
    }

    /** @param isHead whether it may end within a quote: a text cut off, or one of footnotes */
    @SuppressWarnings("removal") // of what takes quotes within quotes as some write them
    static Stream<Row> of(String name, Reader reader, char delimiter, boolean isHead) {
        TextRows handler = new TextRows(name);
        Spliterator<Row> records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                // Some write a quote within quotes so: ""BABY"",1
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(isHead)
                // No line is longer than half of it, and no record goes over lines.
                .maxBufferSize(MOST_CHARACTERS)
                .build(handler, reader)
                .spliterator();
        return StreamSupport.stream(handler.told(records), false).filter(row -> !row.isBlank());
    }

    private Spliterator<Row> told(Spliterator<Row> records) {
        return new Spliterators.AbstractSpliterator<Row>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super Row> action) {
                try {
                    return records.tryAdvance(action);
                } catch (CsvParseException e) {
                    throw new PermanentFailure(
                            "%s line %d or later: a quote is opened and never closed, so the end of its"
                                            .formatted(name, getStartingLineNumber())
                                    + " cell is unknown. Correct it, or download the file again.");
                }
            }
        };
    }

    @Override
    protected void handleBegin(long line) {
        isAstray = false;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
        if (index == cells.length) {
            cells = Arrays.copyOf(cells, index * 2);
        }
        String cell = new String(text, offset, length);
        isAstray |= quoted && (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0);
        cells[index] = cell;
    }

    @Override
    protected Row buildRecord() {
        return new Row(name + " line " + getStartingLineNumber(), cells());
    }

    /** In no publisher's table does a cell go over lines; if one does, a quote is astray, and the record one cell. */
    private List<String> cells() {
        String[] record = Arrays.copyOf(cells, getFieldCount());
        if (isAstray) {
            return List.of(String.join(",", record));
        }
        for (int i = 0; i < record.length; i++) {
            record[i] = record[i].strip();
        }
        return Arrays.asList(record);
    }
}
