package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A sheet of a workbook. It is opened anew whenever its rows are asked for, and holds none of them but its first. */
public final class Sheet {
    /** What Excel itself allows. */
    private static final int MOST_ROWS = 1_048_576;

    private static final int HEAD = 40;

    private final String name;
    private final Opening opening;
    private List<Row> head;

    Sheet(String name, Opening opening) {
        this.name = name;
        this.opening = opening;
    }

    /** How the sheet is opened. */
    interface Opening {
        Cursor open() throws IOException;
    }

    /** Goes through the rows of one sheet, once. */
    interface Cursor extends Closeable {
        /** @return the next row that has a text; null at the end */
        Row next() throws IOException;
    }

    public String name() {
        return name;
    }

    /** Its first rows that have a text; 40 at the most. */
    public synchronized List<Row> head() throws IOException {
        if (head == null) {
            try (Stream<Row> rows = rows()) {
                head = rows.limit(HEAD).toList();
            }
        }
        return head;
    }

    /** All its rows that have a text, read as they are asked for; to be closed. */
    public Stream<Row> rows() throws IOException {
        Cursor cursor = Workbook.reading("sheet " + name, opening::open);
        return StreamSupport.stream(new Rows(cursor), false).onClose(() -> close(cursor));
    }

    private static void close(Cursor cursor) {
        try {
            cursor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Rows extends AbstractSpliterator<Row> {
        private final Cursor cursor;
        private int read;

        private Rows(Cursor cursor) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.cursor = cursor;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Row> action) {
            Row row = next();
            if (row == null) {
                return false;
            }
            if (++read > MOST_ROWS) {
                throw new PermanentFailure(
                        "Sheet " + name + " has more than " + MOST_ROWS + " rows, more than Excel allows.");
            }
            action.accept(row);
            return true;
        }

        private Row next() {
            try {
                return Workbook.reading("sheet " + name, cursor::next);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
