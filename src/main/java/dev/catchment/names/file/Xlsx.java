package dev.catchment.names.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;

/** A workbook of Excel since 2007: XML in a zip, read as a stream. */
final class Xlsx implements Sheet.Cursor {
    /** Without formats, which only dates need; a cell that contradicts its own type is an error, not the end. */
    private static final ReadingOptions OPTIONS = new ReadingOptions(false, true);

    private final ReadableWorkbook workbook;
    private final Stream<org.dhatim.fastexcel.reader.Row> stream;
    private final Spliterator<org.dhatim.fastexcel.reader.Row> rows;
    private final String name;
    private org.dhatim.fastexcel.reader.Row current;

    private Xlsx(ReadableWorkbook workbook, int index) throws IOException {
        this.workbook = workbook;
        org.dhatim.fastexcel.reader.Sheet sheet = workbook.getSheet(index).orElseThrow();
        this.name = sheet.getName();
        this.stream = sheet.openStream();
        this.rows = stream.spliterator();
    }

    static List<Sheet> open(Path path) throws IOException {
        XlsxSize.check(path);
        try (ReadableWorkbook workbook = new ReadableWorkbook(path.toFile(), OPTIONS)) {
            return workbook.getSheets()
                    .map(sheet -> new Sheet(sheet.getName(), () -> cursor(path, sheet.getIndex())))
                    .toList();
        }
    }

    private static Sheet.Cursor cursor(Path path, int index) throws IOException {
        ReadableWorkbook workbook = new ReadableWorkbook(path.toFile(), OPTIONS);
        try {
            return new Xlsx(workbook, index);
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    @Override
    public Row next() {
        while (rows.tryAdvance(row -> current = row)) {
            Row.Draft draft = new Row.Draft(name + " row " + current.getRowNum());
            for (Cell cell : current) {
                if (cell != null) {
                    draft.put(cell.getColumnIndex(), text(cell));
                }
            }
            if (!draft.isEmpty()) {
                return draft.row();
            }
        }
        return null;
    }

    /** A formula says what it last came to; an error says so. */
    private static String text(Cell cell) {
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return Cells.number(number);
        }
        if (value instanceof Boolean truth) {
            return Cells.truth(truth);
        }
        Object said = value == null ? cell.getRawValue() : value;
        return said == null ? "" : Cells.text(said.toString());
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
